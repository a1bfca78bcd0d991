import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { formatNumber, formatShare } from '../format.ts';
import { html, type Markup } from './escape.ts';
import { folded, scrollTable } from './table.ts';

/** How many of the positives the highest scores hold. */
export function gains({ gains }: PerformanceSection): Markup | null {
  if (gains === null || gains.length === 0) return null;
  const rows = gains.map(
    ({ share, gain, lift }) =>
      html`<tr><th scope="row">${formatShare(share)}</th><td>${formatShare(gain)}</td><td>${formatNumber(lift)}</td></tr>`,
  );
  const heads = ['Highest scores', 'Of all positives', 'Times a random draw'];
  return folded('Gains and lift', scrollTable('Gains and lift by share of the highest scores', heads, rows, 'metrics'));
}

/** The threshold that would have cost least beside the one in force. */
export function thresholds({ sweep, weight }: PerformanceSection): Markup | null {
  if (sweep === null) return null;
  const { cheapest, current, costs } = sweep;
  const written = (cost: number): string => (costs === undefined ? formatShare(cost) : formatNumber(cost));
  const of =
    costs === undefined
      ? 'Were errors of both kinds equally bad'
      : `With a false positive at ${formatNumber(costs.falsePositive)} and a false negative at ${formatNumber(costs.falseNegative)}`;
  const what = costs !== undefined ? 'a row' : weight === undefined ? 'of the rows wrong' : 'of the weight wrong';
  const least = `${of}, ${formatNumber(cheapest.threshold)} would do best: ${written(cheapest.cost)} ${what}`;
  const inForce = current === null ? '' : `, ${written(current.cost)} at the ${formatNumber(current.threshold)} in force`;
  return html`<p class="line"><b>Threshold.</b> ${least}${inForce}.</p>`;
}
