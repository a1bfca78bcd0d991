import type { Report } from '../../contract/report.ts';
import { formatCount, formatNumber, formatShare } from '../format.ts';
import { intervalInUnit, inUnit } from '../measures.ts';
import type { MetricView, PartView, PerformanceView } from '../performance-view.ts';
import { metricLabel, metricUnit, type Unit } from '../words.ts';
import { metricName } from './columns.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { scrollTable } from './table.ts';
import { shape } from './verdict.ts';

/** The metrics most readers ask for: now with its interval, the baseline, the verdict. */
export function mainMetrics(view: PerformanceView, { baseline }: Report): Markup {
  const heads = ['Metric', 'Now', ...(baseline === null ? [] : ['Baseline', '<']), '95 % interval'];
  const row = (each: MetricView): Markup => {
    const unit = metricUnit(each.row.metric);
    const before =
      baseline !== null &&
      html`<td class="even">${each.baseline === null ? '–' : inUnit(each.baseline, unit)}</td><td class="mark">${each.check !== null && shape(each.check.verdict)}</td>`;
    return html`<tr><th scope="row">${metricName(each.row)}${constant(each, view)}</th><td class="now">${inUnit(each.value!, unit)}</td>${before}<td class="mute even">${bounds(each, unit) ?? '–'}</td></tr>`;
  };
  return html`<h3>Metrics</h3>${scrollTable('Metrics of the model', heads, view.main.map(row), 'metrics')}`;
}

function constant({ row }: MetricView, { constant }: PerformanceView): Markup | null {
  if (constant === null) return null;
  if (row.metric === 'accuracy') return html`<small>always the most frequent class: ${formatShare(constant)}</small>`;
  return row.metric === 'root_mean_squared_error' ? html`<small>always the mean of the labels: ${formatNumber(constant)}</small>` : null;
}

const bounds = ({ interval }: MetricView, unit: Unit): string | null => (interval === null ? null : intervalInUnit(interval, unit));

export function otherMetrics({ others }: PerformanceView): Markup {
  const row = (each: MetricView): Markup => {
    const unit = metricUnit(each.row.metric);
    const value: Content = each.value === null ? html`<span class="mute">${each.row.reason ?? '–'}</span>` : inUnit(each.value, unit);
    return html`<tr><th scope="row">${metricName(each.row)}</th><td>${value}</td><td class="mute even">${bounds(each, unit) ?? '–'}</td><td>${each.baseline === null ? '–' : inUnit(each.baseline, unit)}</td></tr>`;
  };
  return scrollTable('All other metrics', ['Metric', 'Now', '95 % interval', 'Baseline'], others.map(row), 'metrics');
}

const keyOf = ({ row }: MetricView): string => JSON.stringify([row.metric, row.parameters]);

/** A segment or class a line, a metric a column: value, interval, the baseline's, and the verdict where it is not a pass. */
export function partMetrics(kind: 'Segment' | 'Class', parts: PartView[], counted = 'Rows'): Markup {
  const columns = new Map(parts.flatMap(({ metrics }) => metrics.map((each) => [keyOf(each), each] as const)));
  const heads = [kind, counted, ...[...columns.values()].map(({ row }) => metricLabel(row.metric) + suffix(row.parameters))];
  const row = ({ name, rows, metrics }: PartView): Markup => {
    const byKey = new Map(metrics.map((each) => [keyOf(each), each]));
    return html`<tr><th scope="row" class="name">${named(name)}</th><td>${formatCount(rows)}</td>${[...columns.keys()].map((key) => html`<td>${partCell(byKey.get(key))}</td>`)}</tr>`;
  };
  return scrollTable(`Metrics by ${kind.toLowerCase()}`, heads, parts.map(row), 'metrics wide');
}

const suffix = (parameters: MetricView['row']['parameters']): string =>
  Object.values(parameters)
    .map((value) => ` (${value})`)
    .join('');

function partCell(each: MetricView | undefined): Content {
  if (each === undefined || each.value === null) return html`<span class="mute">–</span>`;
  const unit = metricUnit(each.row.metric);
  const beyond = each.check !== null && each.check.verdict !== 'pass' && each.check.verdict !== 'not_applicable';
  return html`${beyond && html`${shape(each.check!.verdict)} `}${inUnit(each.value, unit)}${each.interval !== null && html`<small>${bounds(each, unit)}</small>`}${each.baseline !== null && html`<small>${inUnit(each.baseline, unit)} then</small>`}`;
}
