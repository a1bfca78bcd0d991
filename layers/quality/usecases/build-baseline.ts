import { measureFalseAlarms } from '../checks/false-alarms.ts';
import type { Column } from '../contract/columns.ts';
import { UsageError } from '../contract/errors.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { addHashes, type Dataset } from '../dataset/open-dataset.ts';
import { allDone } from '../engine/all-done.ts';
import type { Database } from '../engine/database.ts';
import { streamKept } from '../engine/group-stream.ts';
import { type ColumnHints, inferColumns } from '../engine/infer-columns.ts';
import { type Cut, makeCuts } from '../engine/make-cuts.ts';
import { valueSql } from '../engine/readers.ts';
import type { Resources } from '../engine/resources.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';
import { type Baseline, baselineIdOf } from '../profile/baseline.ts';
import { columnCounts } from '../profile/column-counts.ts';
import type { Spread } from '../profile/spread.ts';
import { sortedNote } from './batch-notes.ts';
import { countOutcomes } from './count-outcomes.ts';
import { labelDigest } from './label-digest.ts';
import { learnEstimator } from './learn-estimator.ts';
import { facetNotes } from './measure-fairness.ts';
import { metricValues } from './metric-values.ts';
import { factNotes } from './outcome-notes.ts';
import { outcomeSide } from './outcome-side.ts';
import { type OutcomeOptions, planOutcomes } from './plan-outcomes.ts';
import { bytesOf, scanTable, sourceOf, wholeProfile } from './profile-dataset.ts';
import { planSample } from './sample-rows.ts';

export interface BaselineOptions {
  hints: ColumnHints;
  falseAlarmRate: number;
  minimumRows: number;
  /** The baseline before: its cuts are kept, so that profiles of both stay comparable. Null to cut anew. */
  previous?: Baseline | null;
  /** How labels, predictions, scores and groups are read. */
  outcomes?: OutcomeOptions;
  /** The label column, where it was made of labels that came apart from the data. */
  joined?: string | null;
  /** Is told what is odd about labels, predictions, scores and groups, and what cannot be judged. */
  note?: (text: string) => void;
}

const PARTS = 20;
const HOUR = 3600;
const MOST_HOURS = 1000;
const CHUNK_STATES = ['tally', 'cuts', 'categories'];

/** Profiles reference data: cuts, all states, the spread of its chunks, and how often it would alarm about itself. */
export async function buildBaseline(
  database: Database,
  dataset: Dataset,
  resources: Resources,
  options: BaselineOptions,
): Promise<Baseline> {
  const source = sourceOf(dataset);
  if (dataset.rows === 0) throw new UsageError(`the baseline has no rows${firstError(dataset)}`);
  const columns = await inferColumns(database, source, options.hints, dataset.rows);
  const read = columns.filter((column) => column.role !== 'ignored');
  const cuts = await cutsFor(database, source, read, dataset.rows, options.previous ?? null);
  const chunking = await chunkingOf(database, source, read, dataset.rows);
  const group = { sql: chunking.sql, states: CHUNK_STATES, contexts: 'judged' as const };
  const [result] = await allDone([scanTable(source, read, cuts, resources, bytesOf(dataset), { group }), addHashes(dataset)]);
  const profile = wholeProfile(result, read, cuts);
  const places = [...result.groups.keys()].filter((group) => group >= 0).sort((a, b) => a - b);
  const spread: Spread = { step: chunking.step, places: places.map((place) => place + chunking.first), columns: new Map() };
  for (const column of read)
    spread.columns.set(
      column.name,
      places.map((place) => chunkCounts(result.groups.get(place)!.get(column.name)!, cuts.get(column.name)!)),
    );
  for (const text of sortedNote({ columns: read, spread })) options.note?.(text);
  const objects = dataset.files.map((file) => file.sha256).sort();
  const outcomes = await outcomesOf({
    database,
    source,
    columns,
    cuts,
    rows: dataset.rows,
    options,
    chunks: { sql: chunking.sql, places },
    seed: objects.join(),
  });
  const labels = options.joined == null ? null : await labelDigest(database, source, options.joined);
  return {
    id: baselineIdOf({ objects, columns, cutsId: profile.cutsId, plan: outcomes?.plan ?? null, labels }),
    columns,
    cuts,
    profile,
    spread,
    objects,
    from: chunking.from,
    to: chunking.to,
    falseAlarms: measureFalseAlarms(read, spread, options.falseAlarmRate, options.minimumRows),
    outcomes,
  };
}

interface OutcomesRequest {
  database: Database;
  source: Source;
  columns: Column[];
  cuts: Map<string, Cut>;
  rows: number;
  options: BaselineOptions;
  chunks: { sql: string; places: number[] };
  seed: string;
}

async function outcomesOf({
  database,
  source,
  columns,
  cuts,
  rows,
  options,
  chunks,
  seed,
}: OutcomesRequest): Promise<Baseline['outcomes']> {
  const { plan, notes } = await planOutcomes({ database, source, columns, cuts, options: options.outcomes ?? {}, before: null, own: true });
  const { note = () => {} } = options;
  notes.forEach(note);
  if (plan === null) return null;
  const edges = edgesOf(plan, cuts);
  const counted = await countOutcomes({ database, source, columns, plan, edges, chunks });
  const { keeping, sampleOf } = await planSample({ database, source, columns, cuts, plan, rows });
  const sample = plan.label === null ? null : sampleOf(await streamKept(database, sourceSql(source, null), keeping));
  const side = outcomeSide(plan, counted.outcomes, edges, counted.rows);
  [...factNotes(side), ...facetNotes(side)].forEach(note);
  const estimator = learnEstimator(counted.rows, side, sample, seed);
  return { plan, edges, outcomes: counted.outcomes, chunks: counted.chunks, estimator, sample, values: metricValues(side) };
}

/** Cuts of the score that outcomes are counted at. */
export const edgesOf = ({ scores }: OutcomePlan, cuts: Map<string, Cut>): Float64Array =>
  (scores.length === 1 ? cuts.get(scores[0]!.column)?.context.edges : undefined) ?? new Float64Array(0);

/** A column of the same reading keeps the cuts it had; a new one, or one of another type, gets its own. */
async function cutsFor(
  database: Database,
  source: Source,
  columns: Column[],
  rows: number,
  previous: Baseline | null,
): Promise<Map<string, Cut>> {
  const keeps = ({ name, type, role }: Column): boolean => {
    const before = previous?.columns.find((column) => column.name === name);
    return before !== undefined && before.type === type && (before.role === 'id') === (role === 'id') && previous!.cuts.has(name);
  };
  const made = await makeCuts(
    database,
    source,
    columns.filter((column) => !keeps(column)),
    rows,
  );
  return new Map(columns.map(({ name }) => [name, made.get(name) ?? previous!.cuts.get(name)!]));
}

const chunkCounts = (set: Record<string, unknown>, cut: Cut) => columnCounts(set, { ...cut.context, edges: cut.judged }, cut.judged);

const firstError = (dataset: Dataset): string => {
  const failed = dataset.files.find((file) => file.error !== undefined);
  return failed === undefined ? '' : `: ${failed.uri}: ${failed.error}`;
};

interface Chunking {
  sql: string;
  step: number | null;
  /** Place of group 0. */
  first: number;
  from: number | null;
  to: number | null;
}

/** By hour of event time, by day where there are more than 1,000 hours, in 20 equal parts of the file order without time. */
async function chunkingOf(database: Database, source: Source, columns: Column[], rows: number): Promise<Chunking> {
  const parts: Chunking = { sql: `floor(${ROW_NUMBER} * ${PARTS} / ${rows})`, step: null, first: 0, from: null, to: null };
  const time = columns.find((column) => column.role === 'time');
  if (time === undefined) return parts;
  const seconds = valueSql(time.name, physicalOf(source, time.name), time).value;
  const [span] = await database.rows<{ a: number | null; b: number | null; hours: bigint }>(
    `SELECT min(t) AS a, max(t) AS b, count(DISTINCT floor(t / ${HOUR})) AS hours FROM (SELECT ${seconds} AS t FROM ${sourceSql(source, null)}) WHERE isfinite(t)`,
  );
  if (span === undefined || span.a === null || span.b === null) return parts;
  const step = Number(span.hours) <= MOST_HOURS ? HOUR : 24 * HOUR;
  const first = Math.floor(span.a / step);
  return {
    sql: `coalesce(CASE WHEN isfinite(${seconds}) THEN floor(${seconds} / ${step}) - ${first} END, -1)`,
    step,
    first,
    from: span.a,
    to: span.b,
  };
}
