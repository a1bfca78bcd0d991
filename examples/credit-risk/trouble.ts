import type { Applicant, CategoryFeature, Feature, NumberFeature } from './applicant.ts';
import type { Random } from './random.ts';

/** A planted change: rows in, changed rows out. It happens before the model scores them, as in life. */
export type Change = (rows: Applicant[], random: Random) => Applicant[];

const replace =
  (column: Feature, value: (row: Applicant, random: Random) => number | string | null): Change =>
  (rows, random) =>
    rows.map((row) => ({ ...row, [column]: value(row, random) }));

export const nullSurge = (column: Feature, share: number): Change =>
  replace(column, (row, random) => (random.chance(share) ? null : row[column]));

export const sentinel = (column: NumberFeature, value: number, share: number): Change =>
  replace(column, (row, random) => (random.chance(share) ? value : row[column]));

export const unitChange = (column: NumberFeature, factor: number): Change =>
  replace(column, (row) => (row[column] === null ? null : Number((row[column] * factor).toPrecision(12))));

export const renameCategory = (column: CategoryFeature, from: string, to: string): Change =>
  replace(column, (row) => (row[column] === from ? to : row[column]));

/** Moves a number by so many of its own standard deviations; whole numbers stay whole. */
export const shift =
  (column: NumberFeature, deviations: number): Change =>
  (rows, random) => {
    const values = rows.map((row) => row[column]).filter((value) => value !== null);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const whole = values.every(Number.isInteger);
    const move = deviations * Math.sqrt(variance);
    return replace(column, (row) => (row[column] === null ? null : Number((row[column] + move).toFixed(whole ? 0 : 6))))(rows, random);
  };
