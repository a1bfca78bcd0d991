import { total } from '../../math/total.ts';
import type { Found } from '../accuracy/found.ts';

export interface ScoreGapInput {
  columns: readonly string[];
  /** Of an additive model of the score, fitted on rows of both sides: per column one for each bin. The intercept does not matter. */
  coefficients: readonly ArrayLike<number>[];
  /** Counts or shares of the group's rows: per column one for each bin, missing values included. */
  group: readonly ArrayLike<number>[];
  /** The same of the rest. */
  rest: readonly ArrayLike<number>[];
  /** Mean score of the group less that of the rest. */
  gap: number;
}

export interface ScoreGapPart {
  column: string;
  contribution: number;
  /** contribution/gap: negative where it works against the gap, and above 1 where others do; null for a gap of 0. */
  share: number | null;
}

export interface ScoreGapDecomposition {
  gap: number;
  /** Every column, the largest contribution, of either sign, first; equal ones in order of columns. */
  parts: ScoreGapPart[];
  /** What the parts leave of the gap. */
  unexplained: number;
}

/**
 * Which columns' different distributions carry the gap of mean scores between a group and the rest: of each column
 *
 *   Σ over bins of coefficient·(share in the group − share in the rest),
 *
 * the explained part of a Oaxaca–Blinder decomposition with one model of all rows, in the units of the score; `unexplained` = gap − Σ of these, so
 * that all add up to the gap. Adding a constant to a column's coefficients changes nothing; a column of equal distribution has 0, and so has one
 * the score does not depend on; swapping the sides turns every sign.
 *
 * Associations, not causes. A column that belongs to the facet, or is a proxy of it, may carry the gap itself, and among columns that go together
 * the fit decides which carries it. If the group as such moves the score and is no column, columns that differ between the sides take up part of that
 * (Jann 2008). `unexplained` holds interactions, differences within bins, bins nothing was learned of, what the penalty holds back, and what no column
 * carries; parts that cancel can be large beside a small gap.
 *
 * Null where a side has no rows in a column, where columns or bins of the inputs do not match, and for a gap that is not finite. Oaxaca (1973), Int.
 * Econ. Review 14; Blinder (1973), J. Human Resources 8; pooled: Neumark (1988), J. Human Resources 23; Jann (2008), Stata Journal 8.
 */
export function decomposeScoreGap({ columns, coefficients, group, rest, gap }: ScoreGapInput): Found<ScoreGapDecomposition> {
  const problem = problemOf({ columns, coefficients, group, rest, gap });
  if (problem !== null) return { value: null, reason: problem };
  const parts = columns.map((column, c): ScoreGapPart => {
    const contribution = contributionOf(coefficients[c]!, group[c]!, rest[c]!);
    return { column, contribution, share: gap === 0 ? null : contribution / gap };
  });
  parts.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { value: { gap, parts, unexplained: gap - total(parts.map(({ contribution }) => contribution)) } };
}

function contributionOf(coefficients: ArrayLike<number>, group: ArrayLike<number>, rest: ArrayLike<number>): number {
  const [here, there] = [total(group), total(rest)];
  let sum = 0;
  for (let bin = 0; bin < coefficients.length; bin++) sum += coefficients[bin]! * (group[bin]! / here - rest[bin]! / there);
  return sum;
}

function problemOf({ columns, coefficients, group, rest, gap }: ScoreGapInput): string | null {
  if (!Number.isFinite(gap)) return 'no gap of mean scores';
  if ([coefficients, group, rest].some(({ length }) => length !== columns.length)) return 'the model and the sides have other columns';
  for (let c = 0; c < columns.length; c++) {
    const bins = coefficients[c]!.length;
    if (group[c]!.length !== bins || rest[c]!.length !== bins) return `the model and the sides have other bins of ${columns[c]}`;
    if (!(total(group[c]!) > 0)) return 'no rows in the group';
    if (!(total(rest[c]!) > 0)) return 'no rows in the rest';
  }
  return null;
}
