import { formatNumber, formatShare } from '../contract/format.ts';
import type { Judged } from './verdict.ts';

/** What each check says of itself in a line, whatever its verdict. */
const WORDS: Record<string, (value: number, expected: number) => string> = {
  drift: (value, expected) => `Jensen–Shannon distance ${formatNumber(value)}; chance explains ${formatNumber(expected)}`,
  type: (value, expected) => `${formatShare(value)} of the values fit the type, ${formatShare(expected)} in the baseline`,
  completeness: (value, expected) => `${formatShare(value)} complete, ${formatShare(expected)} in the baseline`,
  missing_rate: (value, expected) => `${formatShare(value)} missing, ${formatShare(expected)} in the baseline`,
  range: (value) => `${formatShare(value)} of the values outside the baseline's range`,
  categories: (value, expected) =>
    `${formatShare(value)} of the values not among the baseline's categories, ${formatShare(expected)} in the baseline`,
  blank: (value, expected) => `${formatShare(value)} blank, ${formatShare(expected)} in the baseline`,
  infinite: (value, expected) => `${formatShare(value)} infinite, ${formatShare(expected)} in the baseline`,
  uniqueness: (value, expected) => `${formatShare(value)} of the values repeat another, ${formatShare(expected)} in the baseline`,
  duplicate_rows: (value, expected) => `${formatShare(value)} of the rows repeat another, ${formatShare(expected)} in the baseline`,
  constant: (value, expected) =>
    `${formatNumber(Math.round(value))} different values, ${formatNumber(Math.round(expected))} in the baseline`,
  row_count: (value) => `${formatNumber(value)} rows`,
  rejected: (value) => `${formatShare(value)} of the lines could not be read`,
};

export function messageOf(check: Judged): string {
  const where = check.column === null ? '' : `${check.column}: `;
  if (check.settled !== undefined) return `${where}${check.settled.reason}`;
  if (check.measurement === null) return `${where}not measured`;
  const { value, expected } = check.measurement;
  const words = check.metric === 'jensen_shannon_distance' || !check.id.startsWith('drift') ? WORDS[check.id.split('/')[0]!] : undefined;
  return `${where}${words === undefined ? `${check.metric} ${formatNumber(value)}` : words(value, expected)}`;
}
