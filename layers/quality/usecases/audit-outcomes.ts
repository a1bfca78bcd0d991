import type { Column } from '../contract/columns.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import { type ColumnHints, inferColumns } from '../engine/infer-columns.ts';
import { type Cut, makeCuts } from '../engine/make-cuts.ts';
import type { Source } from '../engine/scan-plan.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { Baseline } from '../profile/baseline.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import type { FoldedWindow } from './audit-fold.ts';
import { labelRecords } from './audit-labels.ts';
import type { Window } from './audit-parts.ts';
import { readRecords } from './audit-records.ts';
import { edgesOf } from './build-baseline.ts';
import { needsSample, SAMPLED, withHints } from './check-batch.ts';
import { type CountedOutcomes, countOutcomes } from './count-outcomes.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { flipTests } from './flip-tests.ts';
import { hintsOf, monitorOutcomes } from './monitors.ts';
import { type Planned, planOutcomes } from './plan-outcomes.ts';
import { sourceOf } from './profile-dataset.ts';
import { sampleRows } from './sample-rows.ts';

/** What the records of a window, with their labels, come to. */
export interface WindowOutcomes {
  planned: Planned;
  counted: CountedOutcomes | null;
  sample: RowSample | null;
  /** Absent where the records do not keep all features. */
  flips?: Map<string, Outcome>;
  labels: LabelFacts | null;
  columns: Column[];
  cuts: Map<string, Cut>;
  /** Identifies the records that were read. */
  read: [hour: number, hash: string][];
  notes: string[];
}

export interface WindowRequest {
  database: Database;
  monitor: Monitor;
  baseline: Baseline | null;
  window: Window;
}

/** Reads and counts the records of a window. Without a baseline, columns and cuts are those of the records themselves. */
export async function readOutcomes(deps: ProcessDependencies, request: WindowRequest, folded: FoldedWindow): Promise<WindowOutcomes> {
  const { database, monitor, baseline, window } = request;
  const records = await readRecords(deps, database, monitor, window, folded);
  const rest = { counted: null, sample: null, labels: null, read: records.read };
  if (records.dataset === null) {
    const columns = baseline === null ? [] : withHints(baseline.columns, hintsOf(monitor), nothing);
    return { ...rest, planned: { plan: null, notes: [] }, columns, cuts: baseline?.cuts ?? new Map(), notes: records.notes };
  }
  const { dataset, joined, notes } = await labelRecords(deps, database, monitor, { window, records: records.dataset, baseline });
  const hints = hintsOf(monitor);
  if (joined !== null) hints.set(joined.label, { ...hints.get(joined.label), role: 'label' });
  const source = sourceOf(dataset);
  const { columns, cuts } = await readColumns(database, source, { dataset, baseline, hints });
  const of = { database, source, columns, cuts };
  const planned = await planOutcomes({ ...of, options: monitorOutcomes(monitor), before: baseline?.outcomes?.plan ?? null });
  const { plan } = planned;
  const all = { planned, columns, cuts, labels: joined?.facts ?? null, read: records.read, notes: [...records.notes, ...notes] };
  if (plan === null) return { ...all, counted: null, sample: null };
  const counted = await countOutcomes({ ...of, plan, edges: edgesOf(plan, cuts), chunks: null });
  const { rows } = dataset;
  const complete = isComplete(columns, source);
  const sampled = needsSample(plan) && (complete || plan.problem === 'multiclass');
  const sample = sampled ? await sampleRows({ ...of, plan, rows, most: SAMPLED }) : null;
  return { ...all, counted, sample, ...(complete && { flips: await flipTests({ ...of, plan, rows }) }) };
}

const nothing: Dataset = { files: [], columns: [], rows: 0, rejected: 0, rejectedLines: [] };

async function readColumns(
  database: Database,
  source: Source,
  { dataset, baseline, hints }: { dataset: Dataset; baseline: Baseline | null; hints: ColumnHints },
): Promise<{ columns: Column[]; cuts: Map<string, Cut> }> {
  if (baseline !== null) return { columns: withHints(baseline.columns, hints, dataset), cuts: baseline.cuts };
  const columns = await inferColumns(database, source, hints);
  const read = columns.filter(({ role }) => role !== 'ignored');
  return { columns, cuts: await makeCuts(database, source, read, dataset.rows) };
}

/** A gap between groups is explained by all features, or not at all: records mostly keep a few of them. */
const isComplete = (columns: Column[], source: Source): boolean =>
  columns.every(({ name, role }) => role !== 'feature' || source.columns.some((column) => column.name === name));
