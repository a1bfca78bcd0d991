import { isNumeric } from '../contract/columns.ts';
import { jensenShannonDistance } from '../metrics/stability/index.ts';
import { defineCheck } from './check.ts';
import { compareCounts } from './significance.ts';
import { tooManyValues } from './too-many-values.ts';

/** The distribution over the judged bins or the known categories, missing values among them, is another one than the baseline's. */
export const drift = defineCheck({
  id: 'drift',
  factor: 'stability',
  metric: 'jensen_shannon_distance',
  warn: 0.05,
  fail: 0.1,
  direction: 'above',
  applies: ({ column, baseline }) =>
    column.role !== 'id' &&
    column.role !== 'time' &&
    (isNumeric(column.type) || column.type === 'category' || column.type === 'boolean') &&
    baseline.distribution.filter((count) => count > 0).length > 1,
  unfit: tooManyValues,
  measure({ current, baseline, chunks }) {
    const { value } = jensenShannonDistance(baseline.distribution, current.distribution);
    if (value === null) return null;
    const { pValue, expectedJensenShannon } = compareCounts(
      baseline.distribution,
      current.distribution,
      chunks.map((chunk) => chunk.distribution),
    );
    const expected = expectedJensenShannon ?? 0;
    return { value, expected, effect: Math.sqrt(Math.max(0, value * value - expected * expected)), pValue };
  },
});
