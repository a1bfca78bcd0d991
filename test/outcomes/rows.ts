import { draws } from '../checks/draw.ts';

export type Row = Record<string, unknown>;
export type LoanRow = Row & {
  id: string;
  x: number;
  region: string;
  sex: string;
  score: number;
  prediction: number;
  label: number;
  weight: number;
};

/** Rows of a model whose scores are probabilities, that favours nobody; the same for the same seed. */
export function loanRows(n: number, seed = 1): LoanRow[] {
  const { uniform } = draws(seed);
  return Array.from({ length: n }, (_, i) => {
    const score = Math.round(uniform() * 1000) / 1000;
    return {
      ...{ id: `r${i}`, score, prediction: score >= 0.5 ? 1 : 0, label: uniform() < score ? 1 : 0 },
      ...{ x: Math.round(uniform() * 100), region: ['N', 'S', 'W'][Math.floor(uniform() * 3)]! },
      ...{ sex: uniform() < 0.4 ? 'F' : 'M', weight: 1 + Math.floor(uniform() * 3) },
    };
  });
}

export const changed = (rows: readonly LoanRow[], change: (row: LoanRow, i: number) => Row): LoanRow[] =>
  rows.map((row, i) => ({ ...row, ...change(row, i) }) as LoanRow);

export const without = (rows: readonly LoanRow[], name: string): LoanRow[] =>
  rows.map(({ [name]: _, ...row }) => row as unknown as LoanRow);
