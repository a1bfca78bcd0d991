import type { Column } from '../contract/columns.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { SKETCH } from '../engine/make-cuts.ts';
import type { Resources } from '../engine/resources.ts';
import { scan } from '../engine/scan.ts';
import { ROWS, type ScanPlan, type ScanResult, type Source } from '../engine/scan-plan.ts';
import { contextsOf, cutsIdOf } from '../profile/baseline.ts';
import type { Profile } from '../profile/profile.ts';
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
export const profiledColumns = (columns: Column[], source: Source): Column[] =>
  columns.filter((column) => column.role !== 'ignored' && source.columns.some(({ name }) => name === column.name));

export interface ProfileOptions {
  group?: { sql: string; states: string[]; contexts: 'whole' | 'judged' };
  whole?: boolean;
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
      return { name: column.name, role: column.role, type: column.type, whole: context, grouped };
    }),
    group: options.group?.sql ?? null,
    wholeStates: options.whole === false ? [] : ALL_STATES,
    groupStates: options.group?.states ?? [],
    rowSketchSize: SKETCH.row,
  };
  return scan(plan, resources, bytes);
}

/** The states over all rows as a profile. */
export function wholeProfile(result: ScanResult, columns: Column[], cuts: Map<string, Cut>): Profile {
  const table = result.whole.get(ROWS)!;
  const ordered = columns.filter(({ name }) => result.whole.has(name)).map(({ name }) => [name, result.whole.get(name)!] as const);
  return {
    cutsId: cutsIdOf(
      columns.filter(({ name }) => contextsOf(cuts).has(name)),
      cuts,
    ),
    rows: result.rows,
    columns: new Map(ordered),
    table,
  };
}
