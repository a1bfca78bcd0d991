import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Column } from '../contract/columns.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import type { Report } from '../contract/report.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import { type ColumnHints, inferColumns } from '../engine/infer-columns.ts';
import { type Cut, makeCuts } from '../engine/make-cuts.ts';
import type { Resources } from '../engine/resources.ts';
import type { Source } from '../engine/scan-plan.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { metricRows } from '../metrics/registry.ts';
import { type Baseline, cutsIdOf } from '../profile/baseline.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import type { Profile } from '../profile/profile.ts';
import { FEWEST_CHUNKS, type MergedSpread, mergeSpread } from '../profile/spread.ts';
import { assembleReport } from './assemble-report.ts';
import { edgesOf } from './build-baseline.ts';
import { type CountedOutcomes, countOutcomes, outcomesDigest } from './count-outcomes.ts';
import { flipTests } from './flip-tests.ts';
import { type JudgedOutcomes, judgeOutcomes } from './judge-outcomes.ts';
import { type JudgeRequest, judgeProfiles, type Sides, sidesOf } from './judge-profiles.ts';
import { type OutcomeOptions, type Planned, planOutcomes } from './plan-outcomes.ts';
import { ALL_STATES, bytesOf, groupProfiles, hourExpression, scanTable, sourceOf, wholeProfile } from './profile-dataset.ts';
import { sampleRows } from './sample-rows.ts';

export interface CheckOptions {
  monitor: string | null;
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
  /** Profiles each hour of event time apart as well; rows without a valid time belong to the hour `fallback`. */
  hours?: { fallback: number };
}

export interface CheckedBatch {
  report: Report;
  profile: Profile;
  columns: Column[];
  /** Profiles by hour since the epoch, ascending; empty unless asked for. */
  hours: [number, Profile][];
  /** SQL of a row's hour; null unless asked for. */
  hourSql: string | null;
}

/** Profiles a dataset, judges it against a baseline where there is one, and says what is wrong. */
export async function checkBatch(
  database: Database,
  dataset: Dataset,
  baseline: Baseline | null,
  resources: Resources,
  options: CheckOptions,
): Promise<CheckedBatch> {
  const source = sourceOf(dataset);
  const columns =
    baseline === null ? await inferColumns(database, source, options.hints) : withHints(baseline.columns, options.hints, dataset);
  const read = columns.filter((column) => column.role !== 'ignored');
  const cuts: Map<string, Cut> = baseline?.cuts ?? (await makeCuts(database, source, read, dataset.rows));
  const known = read.filter((column) => cuts.has(column.name));
  const hourSql =
    options.hours === undefined || dataset.rows === 0 ? null : await hourExpression(database, source, known, options.hours.fallback);
  const group = hourSql === null ? {} : { group: { sql: hourSql, states: ALL_STATES, contexts: 'whole' as const } };
  const planned = await planOf({ database, source, columns, cuts, dataset, baseline, options });
  // Outcomes are counted here while workers profile the columns.
  const [scanned, counted] = await Promise.all([
    dataset.rows === 0 ? null : scanTable(source, known, cuts, resources, bytesOf(dataset), { ...group, known: baseline?.profile ?? null }),
    planned.plan === null
      ? null
      : countOutcomes({ database, source, columns, plan: planned.plan, edges: edgesOf(planned.plan, cuts), chunks: null }),
  ]);
  const sample = needsSample(planned.plan)
    ? await sampleRows({ database, source, columns, cuts, plan: planned.plan!, rows: dataset.rows, most: SAMPLED })
    : null;
  const flips = await flipTests({ database, source, columns, plan: planned.plan, rows: dataset.rows });
  const profile = scanned && wholeProfile(scanned, known, cuts);
  const sides = sidesOf({ columns: known, cuts, profile, baseline });
  const { from, to } = timeSpan(sides);
  const metrics = metricRows({ dataset, profile, sides });
  const metricValue = (metric: string, column: string): number | null => {
    const value = metrics.find((row) => row.metric === metric && row.column === column)?.value;
    return typeof value === 'number' ? value : null;
  };
  const spread = baseline === null ? null : mergeSpread(baseline.spread, from === null || to === null ? null : to - from);
  const measure = { settings: options.settings, minimumRows: options.minimumRows, metricValue };
  const outcomes = outcomesOf({ planned, counted, sample, flips, cuts, dataset, baseline, options, measure, spread, sides });
  const judged = judgeProfiles(
    {
      ...{ dataset, columns, cuts, profile, baseline, spread, options: measure },
      outcomes: outcomes.judged?.measured ?? [],
      falseAlarmRate: options.falseAlarmRate,
      dataQualityOnly: options.dataQualityOnly,
    },
    sides,
  );
  const report = assembleReport({
    ...{ dataset, columns, sides, baseline, judged, from, to },
    metrics: [...metrics, ...(outcomes.judged?.metrics ?? [])],
    outcomes: outcomes.judged,
    monitor: options.monitor,
    notes: [...notesOf(dataset, baseline, spread, columns), ...timelessNote(sides, options.hours !== undefined), ...outcomes.notes],
    falseAlarmRate: options.falseAlarmRate,
    configuration: { ...options, hints: [...options.hints].sort(), version: undefined, hours: undefined, labels: outcomes.digest },
    version: options.version,
  });
  return {
    report,
    profile: profile ?? { cutsId: cutsIdOf(known, cuts), rows: 0, columns: new Map(), table: {} },
    columns,
    hours: scanned === null ? [] : groupProfiles(scanned, known, cuts),
    hourSql,
  };
}

type PlanRequest = Pick<JudgeRequest, 'cuts' | 'dataset' | 'baseline'> & {
  database: Database;
  source: Source;
  columns: Column[];
  options: CheckOptions;
};

/** How accuracy and fairness can be judged, where there is anything to judge them by. */
async function planOf({ dataset, baseline, options, ...rest }: PlanRequest): Promise<Planned> {
  if (dataset.rows === 0) return { plan: null, notes: [] };
  return planOutcomes({ ...rest, options: options.outcomes ?? {}, before: baseline?.outcomes?.plan ?? null });
}

/** Rows to explain a gap of scores between groups by, or to estimate several classes from. */
export const SAMPLED = 20_000;
export const needsSample = (plan: OutcomePlan | null): boolean =>
  plan !== null && plan.scores.length > 0 && (plan.problem === 'multiclass' || (plan.problem === 'binary' && plan.facets.length > 0));

interface OutcomesRequest extends Pick<JudgeRequest, 'dataset' | 'baseline' | 'spread'> {
  planned: Planned;
  counted: CountedOutcomes | null;
  sample: RowSample | null;
  flips?: Map<string, Outcome>;
  sides: Sides[];
  cuts: Map<string, Cut>;
  options: CheckOptions;
  measure: MeasureOptions;
}

export function outcomesOf(request: OutcomesRequest): { judged: JudgedOutcomes | null; notes: string[]; digest?: string } {
  const { planned, counted, cuts, dataset, baseline, options, measure, spread, sides } = request;
  const { plan, notes } = planned;
  if (plan === null || counted === null) return { judged: null, notes };
  const seed = dataset.files
    .map(({ sha256 }) => sha256)
    .sort()
    .join();
  const labels = options.labels ?? null;
  const before = baseline?.outcomes ?? null;
  const judged = judgeOutcomes({
    ...{ plan, counted, before, labels, seed, sample: request.sample, flips: request.flips ?? new Map() },
    current: new Map(sides.flatMap(({ column, current }) => (current === null ? [] : [[column.name, current.counts] as const]))),
    ...{ edges: edgesOf(plan, cuts), into: spread?.into ?? [], options: measure },
  });
  // Labels by another road are part of what was judged: what they came to, not the files they came in.
  const digest = labels === null ? {} : { digest: outcomesDigest(counted.outcomes) };
  return { judged, notes: [...notes, ...judged.notes], ...digest };
}

/** The baseline decided the types; roles may be configured anew, and a label may be there that it did not have. */
export function withHints(columns: Column[], hints: ColumnHints, dataset: Dataset): Column[] {
  const known = columns.map((column) => ({ ...column, role: hints.get(column.name)?.role ?? column.role }));
  const labels = dataset.columns.filter(({ name }) => hints.get(name)?.role === 'label' && !columns.some((column) => column.name === name));
  return [
    ...known,
    ...labels.map(({ name }): Column => ({ name, role: 'label', type: hints.get(name)?.type ?? 'category', inferred: false })),
  ];
}

function timeSpan(sides: ReturnType<typeof sidesOf>): { from: number | null; to: number | null } {
  const time = sides.find(({ column, current }) => column.role === 'time' && current?.extremes !== undefined)?.current?.extremes;
  return time === undefined || time.minimum > time.maximum ? { from: null, to: null } : { from: time.minimum, to: time.maximum };
}

/** Rows without a valid event time, where there is a column for it. */
export function timelessNote(sides: ReturnType<typeof sidesOf>, byHour: boolean): string[] {
  const time = sides.find(({ column, current }) => column.role === 'time' && current !== null);
  const without = time === undefined ? 0 : time.current!.counts.rows - time.current!.tally.present;
  if (without === 0) return [];
  return [`${without} rows have no valid ${time!.column.name}${byHour ? ': they are filed under the hour the object arrived' : ''}.`];
}

export function notesOf(dataset: Dataset, baseline: Baseline | null, spread: MergedSpread | null, columns: Column[]): string[] {
  const notes: string[] = [];
  if (baseline === null) notes.push('There is no baseline: data quality alone was checked, and nothing was compared.');
  else if (spread !== null && spread.chunks < FEWEST_CHUNKS)
    notes.push(
      `The baseline has ${spread.chunks} chunks, fewer than ${FEWEST_CHUNKS}: how much unchanged data varies is unknown, and sampling noise alone was taken for chance.`,
    );
  else if (spread?.shortened)
    notes.push(
      `The data spans more time than a tenth of the baseline: it was judged against the spread of chunks of ${spread.factor} ${baseline.spread.step === 3600 ? 'hours' : 'days'}, the longest that leaves ${FEWEST_CHUNKS}.`,
    );
  const inferred = columns.filter((column) => column.inferred).length;
  if (baseline === null && inferred > 0) notes.push(`Role or type of ${inferred} of ${columns.length} columns was inferred from the data.`);
  const unreadable = dataset.files.filter((file) => file.error !== undefined).length;
  if (unreadable > 0) notes.push(`${unreadable} of ${dataset.files.length} files could not be read; the others were checked.`);
  return notes;
}
