import type { FairnessSection } from '../../contract/outcome-report.ts';
import { favourableOf } from '../fairness-view.ts';
import { formatCount, formatNumber, formatShare } from '../format.ts';
import { intervalInUnit } from '../measures.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { intervalBar } from './interval-bar.ts';
import { scrollTable } from './table.ts';

/** Groups that several facets meet in, the least favoured first: what no single facet shows. */
export function intersections({ intersections, favourable }: FairnessSection): Markup | null {
  if (intersections.length === 0) return null;
  const row = ({ name, rows, selectionRate, impactRatio }: FairnessSection['intersections'][number]): Markup => {
    const rate = favourableOf(selectionRate, favourable);
    const share: Content =
      rate === null
        ? '–'
        : html`<span class="with-bar">${intervalBar({ ...rate, baseline: null, bound: null })}<span>${formatShare(rate.value)}<small>${intervalInUnit([rate.low, rate.high], 'share')}</small></span></span>`;
    return html`<tr><th scope="row">${named(name)}</th><td>${impactRatio === null ? '–' : formatNumber(impactRatio)}</td><td class="text">${share}</td><td>${formatCount(rows)}</td></tr>`;
  };
  const heads = ['Group', 'Impact ratio', '<Favourable predictions', 'Rows'];
  return html`<h3>Where groups meet, the least favoured first</h3>${scrollTable('Where groups meet', heads, intersections.map(row), 'groups meet')}<p class="mute small">Ratios to the most favoured of all such groups.</p>`;
}
