import type { ColumnEvidence } from './check.ts';

/** Of a column of very many values the baseline knows but those that happened to be frequent in it: elsewhere they are less so. */
export const tooManyValues = ({ column, baseline: { unseen, rows } }: ColumnEvidence): string | null =>
  column.type === 'category' && unseen > rows / 2
    ? `more than half of the baseline's rows have values too rare to be told apart (${Math.round((100 * unseen) / rows)} %)`
    : null;
