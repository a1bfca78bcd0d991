import type { Column } from '../contract/columns.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import type { Keeping } from '../engine/keeping.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { SKETCH } from '../engine/make-cuts.ts';
import { valueSql } from '../engine/readers.ts';
import type { Resources } from '../engine/resources.ts';
import { scan } from '../engine/scan.ts';
import { ROWS, type ScanPlan, type ScanResult, type Source } from '../engine/scan-plan.ts';
import { physicalOf, sourceSql } from '../engine/source-sql.ts';
import { cutsIdOf } from '../profile/baseline.ts';
import type { Profile } from '../profile/profile.ts';
import { type BottomK, estimateDistinct } from '../states/bottom-k.ts';
import { STATES } from '../states/index.ts';

export const ALL_STATES = STATES.map((state) => state.name);

/** The readable files of a dataset as one table. */
export function sourceOf(dataset: Dataset): Source {
  const readable = dataset.files.filter((file) => file.parquet !== null && file.rows > 0);
  const offsets: number[] = [];
  let rows = 0;
  for (const file of readable) {
    offsets.push(rows);
    rows += file.rows;
  }
  return { paths: readable.map((file) => file.parquet!), columns: dataset.columns, offsets };
}

export const bytesOf = (dataset: Dataset): number => dataset.files.reduce((sum, file) => sum + file.bytes, 0);

/** Columns that are profiled: those the table has, but the ignored. */
export function profiledColumns(columns: Column[], source: Source): Column[] {
  const present = new Set(source.columns.map(({ name }) => name));
  return columns.filter((column) => column.role !== 'ignored' && present.has(column.name));
}

export interface ProfileOptions {
  group?: { sql: string; states: string[]; contexts: 'whole' | 'judged' };
  whole?: boolean;
  /** The baseline's profile: columns of few distinct values are read as counts. */
  known?: Profile | null;
  /** Rows that are kept in the same pass. */
  keeping?: Keeping | null;
}

const FEW = 16_384;

function hasFew(known: Profile | null | undefined, column: string): boolean {
  const sketch = known?.columns.get(column)?.distinct as BottomK | undefined;
  return sketch !== undefined && estimateDistinct(sketch).distinct <= FEW;
}

/** Scans a table at given cuts. */
export async function scanTable(
  source: Source,
  columns: Column[],
  cuts: Map<string, Cut>,
  resources: Resources,
  bytes: number,
  options: ProfileOptions = {},
): Promise<ScanResult> {
  const plan: ScanPlan = {
    source,
    columns: profiledColumns(columns, source).map((column) => {
      const { context, judged } = cuts.get(column.name)!;
      const grouped = options.group?.contexts === 'judged' && context.edges !== undefined ? { ...context, edges: judged } : context;
      return { name: column.name, role: column.role, type: column.type, whole: context, grouped, few: hasFew(options.known, column.name) };
    }),
    group: options.group?.sql ?? null,
    wholeStates: options.whole === false ? [] : ALL_STATES,
    groupStates: options.group?.states ?? [],
    rowSketchSize: SKETCH.row,
    keeping: options.keeping ?? null,
  };
  return scan(plan, resources, bytes);
}

/** The states over all rows as a profile. */
export function wholeProfile(result: ScanResult, columns: Column[], cuts: Map<string, Cut>): Profile {
  const table = result.whole.get(ROWS)!;
  const ordered = columns.filter(({ name }) => result.whole.has(name)).map(({ name }) => [name, result.whole.get(name)!] as const);
  return {
    cutsId: cutsIdOf(
      columns.filter(({ name }) => cuts.has(name)),
      cuts,
    ),
    rows: result.rows,
    columns: new Map(ordered),
    table,
  };
}

/** The states of each group as a profile, groups ascending. */
export function groupProfiles(result: ScanResult, columns: Column[], cuts: Map<string, Cut>): [number, Profile][] {
  const cutsId = cutsIdOf(
    columns.filter(({ name }) => cuts.has(name)),
    cuts,
  );
  return [...result.groups.keys()]
    .sort((a, b) => a - b)
    .map((group) => {
      const sets = result.groups.get(group)!;
      const table = sets.get(ROWS)!;
      const ordered = columns.filter(({ name }) => sets.has(name)).map(({ name }) => [name, sets.get(name)!] as const);
      return [group, { cutsId, rows: (table.tally as { rows: number }).rows, columns: new Map(ordered), table }];
    });
}

const MOST_HOURS = 1000;

/** SQL of the hour of a row's event time since the epoch; the first hour of its day where there are more than 1,000 hours. */
export async function hourExpression(database: Database, source: Source, columns: Column[], fallback: number): Promise<string> {
  const time = columns.find((column) => column.role === 'time' && source.columns.some(({ name }) => name === column.name));
  if (time === undefined) return String(fallback);
  const seconds = valueSql(time.name, physicalOf(source, time.name), time).value;
  const hour = `coalesce(CASE WHEN isfinite(${seconds}) THEN floor(${seconds} / 3600) END, ${fallback})`;
  const [found] = await database.rows<{ n: bigint }>(`SELECT count(DISTINCT ${hour}) AS n FROM ${sourceSql(source, null)}`);
  return Number(found!.n) <= MOST_HOURS ? hour : `(floor(${hour} / 24) * 24)`;
}
