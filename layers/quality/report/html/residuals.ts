import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { formatCount, formatNumber } from '../format.ts';
import { html, type Markup } from './escape.ts';
import { scrollTable } from './table.ts';

/** Where a regression is biased, and where it is far off: its errors by what it said. */
export function residuals({ residuals }: PerformanceSection): Markup | null {
  if (residuals == null || residuals.length === 0) return null;
  const rows = residuals.map(({ from, to, rows, meanError, low, high, meanAbsoluteError }) => {
    const biased = low > 0 || high < 0;
    const mean = html`${formatNumber(meanError)}<small>${formatNumber(low)} to ${formatNumber(high)}</small>`;
    return html`<tr><th scope="row">${formatNumber(from)} to ${formatNumber(to)}</th><td>${formatCount(rows)}</td><td>${biased ? html`<b>${mean}</b>` : mean}</td><td>${formatNumber(meanAbsoluteError)}</td></tr>`;
  });
  return html`<h3>Errors by prediction</h3>${scrollTable('Errors by prediction', ['Predicted', 'Rows', 'Mean error', 'Mean absolute error'], rows, 'metrics')}
<p class="mute small">Tenths of the rows in order of their prediction. Error: prediction less label, its mean with a 95 % interval; bold where that leaves out 0.</p>`;
}
