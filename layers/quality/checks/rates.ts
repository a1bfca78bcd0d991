import { FEWEST_OF_CATEGORY } from '../contract/columns.ts';
import { wilsonInterval } from '../math/index.ts';
import { type ColumnCounts, knownCounts } from '../profile/column-counts.ts';
import { type ColumnCheck, type ColumnEvidence, defineCheck, type Measurement } from './check.ts';
import { compareRate } from './significance.ts';
import { tooManyValues } from './too-many-values.ts';

/** Shares smaller than this are not worth waking anyone for, however sure they are. */
export const NEGLIGIBLE = 0.005;

type Count = 'missing' | 'misfit' | 'blank' | 'infinite' | 'unseen';

const always = (): boolean => true;

/** A share of the rows that must not rise over the baseline's. */
const share = (check: Pick<ColumnCheck, 'id' | 'metric' | 'factor'> & Partial<ColumnCheck> & { of: Count }): ColumnCheck =>
  defineCheck({
    warn: null,
    fail: NEGLIGIBLE,
    direction: 'above',
    applies: always,
    measure: (evidence) => rise(evidence, (counts) => counts[check.of]),
    ...check,
  });

function rise(
  { current, baseline, chunks }: ColumnEvidence,
  of: (counts: ColumnCounts) => number,
  ofBefore: (counts: ColumnCounts) => number = of,
): Measurement | null {
  if (current.rows === 0 || baseline.rows === 0) return null;
  const value = of(current) / current.rows;
  const before = ofBefore(baseline) / baseline.rows;
  const { pValue } = compareRate(
    { hits: of(current), rows: current.rows },
    chunks.map((chunk) => ({ hits: ofBefore(chunk), rows: chunk.rows })),
    'above',
  );
  return { value, expected: before, effect: value - before, pValue };
}

export const type = share({
  id: 'type',
  metric: 'type_conformance',
  factor: 'data_quality',
  of: 'misfit',
  direction: 'below',
  measure(evidence) {
    const found = rise(evidence, ({ misfit, fractional }) => misfit + (evidence.column.type === 'integer' ? fractional : 0));
    return found && { ...found, value: 1 - found.value, expected: 1 - found.expected };
  },
});

export const missingRate = share({
  id: 'missing_rate',
  metric: 'missing_rate',
  factor: 'stability',
  of: 'missing',
  warn: 0.02,
  fail: 0.05,
  measure(evidence) {
    const found = rise(evidence, ({ missing }) => missing);
    return found && { ...found, severe: found.value === 1 && found.expected < 1 };
  },
});

export const categories = share({
  id: 'categories',
  metric: 'unseen_category_share',
  factor: 'data_quality',
  of: 'unseen',
  unfit: tooManyValues,
  applies: ({ column }) => column.role !== 'id' && (column.type === 'category' || column.type === 'boolean'),
  measure: (evidence) => {
    const barely = knownCounts(evidence.baseline).flatMap((count, i) => (count <= FEWEST_OF_CATEGORY ? [i] : []));
    const strange = ({ unseen, distribution }: ColumnCounts): number => barely.reduce((sum, i) => sum + (distribution[i] ?? 0), unseen);
    const found = rise(evidence, ({ unseen }) => unseen, strange);
    if (found === null || found.pValue === null || barely.length === 0) return found;
    // So many rows come and go together (leave one out: without any one of them the value would be no category): the baseline tells of its share as a table of a fifth of the rows would.
    const [hits, rows] = [strange(evidence.baseline), evidence.baseline.rows].map((count) => count / FEWEST_OF_CATEGORY) as [
      number,
      number,
    ];
    const { pValue } = compareRate({ hits: evidence.current.unseen, rows: evidence.current.rows }, [{ hits, rows }], 'above');
    return { ...found, pValue: Math.max(found.pValue, pValue ?? 0) };
  },
});

export const blank = share({
  id: 'blank',
  metric: 'blank_count',
  factor: 'data_quality',
  of: 'blank',
  applies: ({ column }) => column.type === 'category' || column.type === 'text',
});

export const infinite = share({
  id: 'infinite',
  metric: 'infinite_count',
  factor: 'data_quality',
  of: 'infinite',
  applies: ({ column }) => column.type === 'number',
});

/** The least completeness the baseline speaks for: its Wilson bound, less what is negligible. */
export const suggestedCompleteness = (missing: number, rows: number): number =>
  Math.max(0, Math.floor((wilsonInterval(rows - missing, rows)[0] - NEGLIGIBLE) * 1e4) / 1e4);

export const completeness = defineCheck({
  id: 'completeness',
  factor: 'data_quality',
  metric: 'completeness',
  warn: null,
  fail: null,
  direction: 'below',
  bounds: 'value',
  suggest: ({ baseline }) => suggestedCompleteness(baseline.missing, baseline.rows),
  applies: always,
  measure(evidence) {
    const found = rise(evidence, ({ missing }) => missing);
    return found && { ...found, value: 1 - found.value, expected: 1 - found.expected };
  },
});

/**
 * Beyond the smallest and the largest value of N rows lie about 2 of every N + 1 rows to come; beyond those the cuts of
 * an older baseline were taken from, no more than twice as many as its successor has there.
 */
export const range = defineCheck({
  id: 'range',
  factor: 'data_quality',
  metric: 'out_of_range_share',
  warn: null,
  fail: NEGLIGIBLE,
  direction: 'above',
  applies: ({ outside }) => outside !== null,
  measure({ current, baseline, outside, outsideBefore = 0 }) {
    if (current.rows === 0 || baseline.rows === 0) return null;
    const value = outside! / current.rows;
    const before = { hits: Math.min(baseline.rows, 2 * (outsideBefore + 1)), rows: baseline.rows };
    const { pValue } = compareRate({ hits: outside!, rows: current.rows }, [before], 'above');
    const expected = before.hits / before.rows;
    return { value, expected, effect: value - expected, pValue };
  },
});
