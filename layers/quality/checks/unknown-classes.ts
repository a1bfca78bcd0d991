import type { MeasureOptions } from './measure-columns.ts';
import { NEGLIGIBLE } from './rates.ts';
import { compareRate, type Hits } from './significance.ts';
import { thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

/** Labels of no class the baseline knows, more of them than there, where no profile looks at the column: they come by another road, and are taken as unlabelled. */
export function unknownClasses(label: string, now: Hits, before: Hits, { settings, minimumRows }: MeasureOptions): Measured | null {
  const id = `categories/${label}`;
  const threshold = thresholdFor(settings, id, { warn: null, fail: NEGLIGIBLE, direction: 'above', source: 'default' });
  if (threshold === null || before.rows === 0 || now.rows < minimumRows) return null;
  const [value, expected] = [now.hits / now.rows, before.hits / before.rows];
  const { pValue } = compareRate(now, [before], 'above');
  return {
    ...{ id, column: label, metric: 'unseen_category_share', factor: 'data_quality', threshold, bounds: 'effect' },
    measurement: { value, expected, effect: value - expected, pValue },
  };
}
