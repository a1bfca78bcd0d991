import { type Column, OUTCOME_ROLES } from '../contract/columns.ts';
import type { Report } from '../contract/report.ts';
import { addHashes, type Dataset } from '../dataset/open-dataset.ts';
import { allDone } from '../engine/all-done.ts';
import type { Database } from '../engine/database.ts';
import { type ColumnHints, inferColumns } from '../engine/infer-columns.ts';
import { type Cut, makeCuts } from '../engine/make-cuts.ts';
import { valueSql } from '../engine/readers.ts';
import type { Resources } from '../engine/resources.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, sourceSql } from '../engine/source-sql.ts';
import { type Baseline, cutsIdOf } from '../profile/baseline.ts';
import type { Profile } from '../profile/profile.ts';
import { edgesOf } from './build-baseline.ts';
import { comparableTo } from './comparable-outcomes.ts';
import { type BatchTable, batchSampling, type CountedBatch, countBatch } from './count-batch.ts';
import { outcomesDigest } from './count-outcomes.ts';
import { isCapture } from './extra-columns.ts';
import { costsOf, type JudgeOptions, judgeBatch, seedOf } from './judge-batch.ts';
import { labelNotes, rejectedLabels } from './label-notes.ts';
import { withOptionalKeys } from './optional-keys.ts';
import { measureAhead, type OutcomeMeasures, outcomeMeasures } from './outcome-measures.ts';
import { planOutcomes } from './plan-outcomes.ts';
import { ALL_STATES, bytesOf, groupProfiles, hourExpression, scanTable, sourceOf, wholeProfile } from './profile-dataset.ts';

export interface CheckOptions extends JudgeOptions {
  /** Profiles each hour of event time apart as well; rows without a valid time belong to the hour `fallback`. */
  hours?: { fallback: number };
}

export interface CheckedBatch {
  report: Report;
  profile: Profile;
  columns: Column[];
  /** With the columns that rows may leave out, and all of them did. */
  dataset: Dataset;
  /** Profiles by hour since the epoch, ascending; empty unless asked for. */
  hours: [number, Profile][];
  /** SQL of a row's hour; null unless asked for. */
  hourSql: string | null;
}

/** Profiles a dataset, judges it against a baseline where there is one, and says what is wrong. */
export async function checkBatch(
  database: Database,
  opened: Dataset,
  baseline: Baseline | null,
  resources: Resources,
  options: CheckOptions,
): Promise<CheckedBatch> {
  const dataset = withOptionalKeys(opened, baseline, options);
  const source = sourceOf(dataset);
  const { rows } = dataset;
  const columns =
    baseline === null ? await inferColumns(database, source, options.hints, rows) : withHints(baseline.columns, options.hints, dataset);
  const read = columns.filter((column) => column.role !== 'ignored');
  const cuts: Map<string, Cut> = baseline?.cuts ?? (await makeCuts(database, source, read, rows));
  const known = read.filter((column) => cuts.has(column.name));
  const hourSql = options.hours === undefined || rows === 0 ? null : await hourExpression(database, source, read, options.hours.fallback);
  const group = hourSql === null ? {} : { group: { sql: hourSql, states: ALL_STATES, contexts: 'whole' as const } };
  const table = { database, source, columns, cuts };
  const { plan: before = null, sample = null } = baseline?.outcomes ?? {};
  const planning = { ...table, options: options.outcomes ?? {}, before, sample };
  const planned = rows === 0 ? { plan: null, notes: [] } : await planOutcomes(planning);
  const batch = { ...table, plan: planned.plan, rows, complete: true };
  const sampling = await batchSampling(batch);
  const profiling = { ...group, known: baseline?.profile ?? null, keeping: sampling?.keeping ?? null };
  const hashing = addHashes(dataset);
  // Outcomes are counted and measured here while workers profile the columns.
  const [scanned, counted] = await allDone([
    rows === 0 ? null : scanTable(source, known, cuts, resources, bytesOf(dataset), profiling),
    countBatch(batch).then(async (counted) => {
      await hashing;
      return { ...counted, measures: await measuresOf(counted, batch, baseline, { options, seed: seedOf(dataset) }) };
    }),
    hashing,
  ]);
  const outcomes = { ...counted, sample: sampling && scanned?.kept ? sampling.sampleOf(scanned.kept) : null };
  const profile = scanned && wholeProfile(scanned, known, cuts);
  const time = read.find(
    (column) => column.role === 'time' && !cuts.has(column.name) && dataset.columns.some(({ name }) => name === column.name),
  );
  const span = time === undefined || rows === 0 ? null : await timeSpanOf(database, source, time);
  const report = judgeBatch({
    span,
    ...{ dataset, columns, cuts, profile, baseline, options, notes: [], window: null, byHour: options.hours !== undefined },
    outcomes: { ...outcomes, planned },
    identity: () => ({
      ...{ ...options, hints: [...options.hints].sort(), version: undefined, hours: undefined, named: undefined },
      // Labels by another road are part of what was judged: what they came to, not the files they came in, and what of those could not be read.
      labels: options.labels && {
        counted: counted.counted && outcomesDigest(counted.counted.outcomes),
        said: [labelNotes(options.labels), rejectedLabels(options.labels)],
      },
    }),
  });
  return {
    report,
    profile: profile ?? { cutsId: cutsIdOf(known, cuts), rows: 0, columns: new Map(), table: {} },
    columns,
    dataset,
    hours: scanned === null ? [] : groupProfiles(scanned, known, cuts),
    hourSql,
  };
}

/** When the rows were, by a time that the baseline does not have; null where none has a valid one. */
async function timeSpanOf(database: Database, source: Source, time: Column): Promise<{ from: number; to: number } | null> {
  const { value } = valueSql(time.name, physicalOf(source, time.name), time);
  const [row] = await database.rows<{ first: number | null; last: number | null }>(
    `SELECT min(t) AS first, max(t) AS last FROM (SELECT ${value} AS t FROM ${sourceSql(source, null)}) WHERE isfinite(t)`,
  );
  return row!.first === null ? null : { from: row!.first, to: row!.last! };
}

/** What the outcomes come to, computed ahead of the profile. */
async function measuresOf(
  { counted, flips }: CountedBatch,
  { plan, cuts }: BatchTable,
  baseline: Baseline | null,
  of: { options: CheckOptions; seed: string },
): Promise<OutcomeMeasures | null> {
  if (plan === null || counted === null) return null;
  const measures = outcomeMeasures({
    ...{ plan, counted, flips, seed: of.seed },
    options: { ...of.options, ...costsOf(of.options) },
    edges: edgesOf(plan, cuts),
    before: comparableTo(plan, baseline?.outcomes ?? null),
  });
  await measureAhead(measures);
  return measures;
}

/** Roles that are another column's where one is named for them. */
const NAMED: readonly Column['role'][] = ['label', 'prediction', 'score', 'id', 'time', 'weight'];

/** What may be there that a baseline does not have: outcomes, and what tells records apart. */
const ADDED_ROLES: readonly (Column['role'] | undefined)[] = [...OUTCOME_ROLES, 'id', 'time'];

/** A capture says when each request was, whatever reference data it is held against. */
const CAPTURED_TIME: Column = { name: 'inference_time', role: 'time', type: 'time', inferred: true };

/** The baseline decided the types; roles may be configured anew, and outcomes, ids and times may be there that it did not have. */
export function withHints(columns: Column[], hints: ColumnHints, dataset: Dataset): Column[] {
  const given = new Set([...hints.values()].map(({ role }) => role));
  const roleOf = ({ name, role }: Column): Column['role'] =>
    hints.get(name)?.role ?? (NAMED.includes(role) && given.has(role) ? 'feature' : role);
  const known = columns.map((column) => ({ ...column, role: roleOf(column) }));
  const timed = [...known.map(({ role }) => role), ...given].includes('time');
  const added = dataset.columns.filter(
    ({ name }) => ADDED_ROLES.includes(hints.get(name)?.role) && !columns.some((column) => column.name === name),
  );
  return [
    ...known,
    ...(timed || !isCapture(dataset) ? [] : [CAPTURED_TIME]),
    ...added.map(({ name }): Column => ({ name, role: hints.get(name)!.role!, type: typeOf(hints.get(name)!), inferred: false })),
  ];
}

const typeOf = ({ role, type }: NonNullable<ReturnType<ColumnHints['get']>>): Column['type'] =>
  type ?? (role === 'time' ? 'time' : 'category');
