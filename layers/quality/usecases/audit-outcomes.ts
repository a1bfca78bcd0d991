import type { Column } from '../contract/columns.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import { type ColumnHints, inferColumns } from '../engine/infer-columns.ts';
import { type Cut, makeCuts } from '../engine/make-cuts.ts';
import type { Source } from '../engine/scan-plan.ts';
import type { Baseline } from '../profile/baseline.ts';
import type { FoldedWindow } from './audit-fold.ts';
import { labelRecords } from './audit-labels.ts';
import type { Window } from './audit-parts.ts';
import { readRecords } from './audit-records.ts';
import { withHints } from './check-batch.ts';
import { type CountedBatch, countWithSample, nothingCounted } from './count-batch.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { hintsOf, monitorOutcomes } from './monitors.ts';
import { type Planned, planOutcomes } from './plan-outcomes.ts';
import { sourceOf } from './profile-dataset.ts';

/** What the records of a window, with their labels, come to. */
export interface WindowOutcomes extends CountedBatch {
  planned: Planned;
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
  const rest = { ...nothingCounted(), labels: null, read: records.read };
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
  const { plan: before = null, sample = null } = baseline?.outcomes ?? {};
  const planned = await planOutcomes({ ...of, options: monitorOutcomes(monitor), before, sample });
  const counted = await countWithSample({ ...of, plan: planned.plan, rows: dataset.rows, complete: isComplete(columns, source) });
  return { ...counted, planned, columns, cuts, labels: joined?.facts ?? null, read: records.read, notes: [...records.notes, ...notes] };
}

const nothing: Dataset = { files: [], columns: [], rows: 0, rejected: 0, rejectedLines: [] };

async function readColumns(
  database: Database,
  source: Source,
  { dataset, baseline, hints }: { dataset: Dataset; baseline: Baseline | null; hints: ColumnHints },
): Promise<{ columns: Column[]; cuts: Map<string, Cut> }> {
  if (baseline !== null) return { columns: withHints(baseline.columns, hints, dataset), cuts: baseline.cuts };
  const columns = await inferColumns(database, source, hints, dataset.rows);
  const read = columns.filter(({ role }) => role !== 'ignored');
  return { columns, cuts: await makeCuts(database, source, read, dataset.rows) };
}

/** Records mostly keep a few of the features. */
const isComplete = (columns: Column[], source: Source): boolean =>
  columns.every(({ name, role }) => role !== 'feature' || source.columns.some((column) => column.name === name));
