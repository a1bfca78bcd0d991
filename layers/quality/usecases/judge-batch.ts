import { noneMatched } from '../checks/label-coverage.ts';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Measured } from '../checks/verdict.ts';
import { byColumn } from '../contract/by-column.ts';
import type { Column } from '../contract/columns.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { MetricRow, Report } from '../contract/report.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { ColumnHints } from '../engine/infer-columns.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { metricRows } from '../metrics/registry.ts';
import type { Baseline } from '../profile/baseline.ts';
import type { Profile } from '../profile/profile.ts';
import { type MergedSpread, mergeSpread } from '../profile/spread.ts';
import { assembleReport } from './assemble-report.ts';
import { batchNotes } from './batch-notes.ts';
import { edgesOf } from './build-baseline.ts';
import type { CountedBatch } from './count-batch.ts';
import { freshness } from './freshness.ts';
import { type JudgedOutcomes, judgeOutcomes } from './judge-outcomes.ts';
import { judgeProfiles, type Sides, sidesOf } from './judge-profiles.ts';
import { labelNotes, rejectedLabels } from './label-notes.ts';
import type { OutcomeMeasures } from './outcome-measures.ts';
import type { OutcomeOptions, Planned } from './plan-outcomes.ts';

export interface JudgeOptions {
  monitor: string | null;
  /** The monitor's own words, to be held against the columns there are. */
  named?: Pick<Monitor, 'columns' | 'checks' | 'labels'>;
  hints: ColumnHints;
  settings: NonNullable<Monitor['checks']>;
  falseAlarmRate: number;
  minimumRows: number;
  dataQualityOnly: boolean;
  version: string;
  /** How labels, predictions, scores and groups are read. */
  outcomes?: OutcomeOptions;
  /** What became of labels that were joined, if any were. */
  labels?: LabelFacts | null;
  /** What the age of the data is measured to, seconds since the epoch. */
  asOf?: number;
}

/** A set of records, with all that was counted of it. */
export interface BatchToJudge {
  dataset: Dataset;
  columns: Column[];
  cuts: Map<string, Cut>;
  /** Null where there were no rows to profile. */
  profile: Profile | null;
  baseline: Baseline | null;
  outcomes: CountedBatch & { planned: Planned; measures?: OutcomeMeasures | null };
  /** Seconds since the epoch it is about; null for what its rows say. */
  window: { from: number; to: number } | null;
  /** When its rows were, where no profiled column says. */
  span?: { from: number; to: number } | null;
  /** Whether rows without a valid event time were filed under the hour their object arrived. */
  byHour: boolean;
  /** What was said of it before. */
  notes: string[];
  options: JudgeOptions;
  /** All that decides the report besides objects, baseline and versions. */
  identity: (notes: string[]) => unknown;
}

/** Metrics, checks judged together, findings, notes: the report of one set of records. */
export function judgeBatch(batch: BatchToJudge): Report {
  const { dataset, columns, cuts, profile, baseline, options } = batch;
  const known = columns.filter(({ name, role }) => role !== 'ignored' && cuts.has(name));
  const sides = sidesOf({ columns: known, cuts, profile, baseline });
  const metrics = metricRows({ dataset, profile, sides });
  const seen = batch.span ?? timeSpan(sides);
  const { from, to } = batch.window ?? seen;
  const spread = baseline === null ? null : mergeSpread(baseline.spread, from === null || to === null ? null : to - from);
  const measure = {
    settings: options.settings,
    minimumRows: options.minimumRows,
    metricValue: valueIn(metrics),
    ...costsOf(options),
    timeless: baseline?.spread.step === null,
  };
  const outcomes = judgeCounted(batch, sides, spread, measure);
  const { falseAlarmRate, dataQualityOnly } = options;
  const age = freshness({ asOf: options.asOf, newest: seen.to, rows: dataset.rows }, measure);
  const request = {
    dataset,
    columns,
    hints: options.hints,
    cuts,
    profile,
    baseline,
    spread,
    options: measure,
    falseAlarmRate,
    dataQualityOnly,
  };
  const judged = judgeProfiles(
    {
      ...request,
      outcomes: [...age.measured, ...(outcomes?.measured ?? []), ...unmatched(batch, measure)],
      unevenLabel: outcomes?.unevenLabel ?? null,
    },
    sides,
  );
  const said = outcomes?.notes ?? labelNotes(options.labels ?? null);
  const notes = [...batch.notes, ...batchNotes(batch, sides, spread), ...batch.outcomes.planned.notes, ...said];
  return assembleReport({
    ...{ dataset, columns, sides, baseline, judged, outcomes, from, to, notes, falseAlarmRate },
    metrics: [...metrics, ...age.metrics, ...(outcomes?.metrics ?? [])],
    monitor: options.monitor,
    rejectedLabels: rejectedLabels(options.labels ?? null),
    configuration: batch.identity(notes),
    version: options.version,
  });
}

/** Of a window it is no slip: labels come later, and those of others lie beside them. */
function unmatched({ dataset, window, options: { labels } }: BatchToJudge, options: MeasureOptions): Measured[] {
  if (window !== null || labels == null || labels.matched > 0 || labels.labels === 0 || dataset.rows === 0) return [];
  return [noneMatched(labels, options)].filter((check) => check !== null);
}

function judgeCounted(batch: BatchToJudge, sides: Sides[], spread: MergedSpread | null, options: MeasureOptions): JudgedOutcomes | null {
  const { planned, counted, sample, flips, strangers, measures = null } = batch.outcomes;
  const { plan } = planned;
  if (plan === null || counted === null) return null;
  return judgeOutcomes({
    ...{ plan, counted, sample, flips, strangers, options, measures },
    before: batch.baseline?.outcomes ?? null,
    labels: batch.options.labels ?? null,
    seed: seedOf(batch.dataset),
    current: new Map(sides.flatMap(({ column, current }) => (current === null ? [] : [[column.name, current.counts] as const]))),
    edges: edgesOf(plan, batch.cuts),
    into: spread?.into ?? [],
  });
}

/** What errors cost, where it was said. */
export const costsOf = ({ outcomes }: JudgeOptions): Pick<MeasureOptions, 'costs'> => (outcomes?.costs ? { costs: outcomes.costs } : {});

/** For what is drawn: of what the files hold, not of their order. */
export const seedOf = ({ files }: Dataset): string =>
  files
    .map(({ sha256 }) => sha256)
    .sort()
    .join();

function valueIn(metrics: MetricRow[]): MeasureOptions['metricValue'] {
  const of = byColumn(metrics);
  return (metric, column) => {
    const value = of.get(column)?.find((row) => row.metric === metric)?.value;
    return typeof value === 'number' ? value : null;
  };
}

function timeSpan(sides: Sides[]): { from: number | null; to: number | null } {
  const time = sides.find(({ column, current }) => column.role === 'time' && current?.extremes !== undefined)?.current?.extremes;
  return time === undefined || time.minimum > time.maximum ? { from: null, to: null } : { from: time.minimum, to: time.maximum };
}
