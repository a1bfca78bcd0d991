import type { RateEntry } from '../../contract/outcome-report.ts';
import { type FacetView, type GroupView, type RateWords, ratesOf } from '../fairness-view.ts';
import { formatCount, formatNumber, formatShare, plural } from '../format.ts';
import { intervalInUnit } from '../measures.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { intervalBar } from './interval-bar.ts';
import { scrollTable } from './table.ts';
import { badge } from './verdict.ts';

const FOUR_FIFTHS = 0.8;

/** One facet: a line a group, the least favoured first. */
export function facetTable(facet: FacetView, baseline: boolean): Markup {
  const best = facet.groups.find((each) => each.best)?.favourable?.value ?? null;
  const bound = best === null ? null : FOUR_FIFTHS * best;
  const rates = ratesOf(facet);
  const then = baseline && facet.groups.some((each) => each.baseline !== null);
  const heads = ['Group', 'Impact ratio', '<Favourable predictions', 'Rows', ...rates.map(([, word]) => word)];
  const rows = facet.groups.map((each) => groupRow(each, bound, rates));
  return html`<h3>${named(facet.facet)}</h3>${scrollTable(`Groups of ${facet.facet}`, heads, rows, 'groups')}
<p class="mute small">${legend(bound !== null, then)}${facet.tooSmall > 0 && ` ${plural(facet.tooSmall, 'group')} with too few rows to say.`}</p>`;
}

const legend = (bound: boolean, then: boolean): string =>
  [
    'Bars: 95 % intervals on a scale from 0 to 100 %.',
    bound ? 'Dashed line: four fifths of the most favoured group’s share.' : '',
    then ? 'Grey tick: the baseline.' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');

function groupRow(each: GroupView, bound: number | null, rates: RateWords[]): Markup {
  const { group, favourable, baseline, best, largest } = each;
  const tags = [best ? 'most favoured' : '', largest ? 'largest' : ''].filter((tag) => tag !== '').join(', ');
  return html`<tr><th scope="row">${named(group.name)}${tags !== '' && html`<small>${tags}</small>`}</th><td>${ratio(each)}</td>
<td class="text">${favourableCell(favourable, baseline, bound)}</td><td>${formatCount(group.rows)}</td>${rates.map(([rate]) => html`<td>${rateCell(group.rates[rate])}</td>`)}</tr>`;
}

function favourableCell(rate: RateEntry | null, baseline: number | null, bound: number | null): Content {
  if (rate === null) return html`<span class="mute">–</span>`;
  return html`<span class="with-bar">${intervalBar({ ...rate, baseline, bound })}<span>${formatShare(rate.value)}<small>${intervalInUnit([rate.low, rate.high], 'share')}</small>${baseline !== null && html`<small>${formatShare(baseline)} then</small>`}</span></span>`;
}

const rateCell = (rate: RateEntry | undefined): Content =>
  rate === undefined
    ? html`<span class="mute">–</span>`
    : html`${formatShare(rate.value)}<small>${intervalInUnit([100 * rate.low, 100 * rate.high], 'number')}</small>`;

function ratio({ group: { impactRatio }, best, check }: GroupView): Content {
  if (best) return html`<span class="mute">1</span>`;
  if (impactRatio === null) return html`<span class="mute">–</span>`;
  const { value, low, high } = impactRatio;
  const bounds = low === null || high === null ? null : html`<small>${intervalInUnit([low, high], 'number')}</small>`;
  return html`${formatNumber(value)}${bounds}${value < FOUR_FIFTHS && below(check)}`;
}

/** That it is below four fifths, in words and by the check's verdict. */
function below(check: GroupView['check']): Content {
  if (check !== null && (check.verdict === 'fail' || check.verdict === 'warn'))
    return html`${badge(check.verdict)}<span class="unseen"> below 0.8</span>`;
  return html`<small>${check?.verdict === 'pass' ? 'below 0.8, within chance' : 'below 0.8'}</small>`;
}
