import type { PerformanceSection } from '../../contract/outcome-report.ts';
import type { Report } from '../../contract/report.ts';
import { type EstimateView, viewEstimates } from '../estimate-view.ts';
import { intervalInUnit, inUnit } from '../measures.ts';
import type { PerformanceView } from '../performance-view.ts';
import { boundsLabel, metricUnit } from '../words.ts';
import { type Content, html, type Markup } from './escape.ts';
import { scrollTable } from './table.ts';

export const estimatesTitle = ({ problem }: PerformanceSection): string =>
  `Estimated from the ${problem === 'regression' ? 'features' : 'scores'} alone`;
const madeOf = ({ problem }: PerformanceSection): string =>
  problem === 'regression'
    ? 'An estimate takes the errors that the baseline had where features were alike.'
    : 'An estimate takes each score for the chance it states, as calibrated on the baseline.';

/** What the scores alone promise, what came beside it, and what such an estimate cannot see. */
export function estimates({ section, estimated }: PerformanceView, { baseline }: Report): Markup {
  const realised = section.estimates.some((each) => each.realised !== null);
  const then = baseline !== null;
  const title = estimatesTitle(section);
  const heads = ['Metric', 'Estimate', boundsLabel(true), ...(realised ? ['Measured'] : []), ...(then ? ['Baseline'] : [])];
  const row = (each: EstimateView): Markup => {
    const unit = metricUnit(each.metric);
    const write = (value: number | null): string => (value === null ? '–' : inUnit(value, unit));
    const value: Content = each.estimate === null ? html`<span class="mute">${each.reason ?? '–'}</span>` : write(each.estimate);
    const bounds = each.low === null || each.high === null ? '–' : intervalInUnit([each.low, each.high], unit);
    return html`<tr><th scope="row">${each.name}</th><td class="now">${value}</td><td class="mute even">${bounds}</td>${realised && html`<td>${write(each.realised)}</td>`}${then && html`<td>${write(each.baseline)}</td>`}</tr>`;
  };
  const table = scrollTable(title, heads, viewEstimates(section).map(row), 'metrics');
  return html`${estimated && html`<h3>${title}</h3>`}${table}<p class="mute small">${madeOf(section)} It cannot see a change of what the same inputs lead to: that takes labels.</p>`;
}
