import type { Dataset } from '../dataset/open-dataset.ts';
import type { Baseline } from '../profile/baseline.ts';
import type { Tally } from '../states/tally.ts';

interface Limits {
  minimumRows: number;
  falseAlarmRate: number;
}

/**
 * Rows that name their own columns leave out what they have no value for. A feature that some rows of the baseline lack, and all of the data's rows, is
 * a column of missing values: the checks of the column weigh it against chance. With too few rows for them it is one only where chance alone explains it.
 */
export function withOptionalKeys(dataset: Dataset, baseline: Baseline | null, limits: Limits): Dataset {
  const { files, columns, rows } = dataset;
  const readable = files.filter((file) => file.parquet !== null && file.rows > 0);
  if (baseline === null || readable.length === 0 || !readable.every(({ keyed }) => keyed)) return dataset;
  const optional = baseline.columns.filter(
    ({ name, role }) => role === 'feature' && !columns.some((column) => column.name === name) && mayBeAbsent(baseline, name, rows, limits),
  );
  return optional.length === 0
    ? dataset
    : { ...dataset, columns: [...columns, ...optional.map(({ name }) => ({ name, physical: 'VARCHAR', absent: true }))] };
}

function mayBeAbsent({ profile }: Baseline, name: string, rows: number, { minimumRows, falseAlarmRate }: Limits): boolean {
  const tally = profile.columns.get(name)?.tally as Tally | undefined;
  if (tally === undefined || tally.rows === 0) return false;
  const missing = (tally.rows - tally.present - tally.misfit) / tally.rows;
  return missing > 0 && (rows >= minimumRows || missing ** rows >= falseAlarmRate);
}
