import { fromJsonNumber, type MetricRow } from '../../contract/report.ts';
import { formatNumber, formatPValue, formatShare } from '../format.ts';
import { inUnit } from '../measures.ts';
import { type ColumnView, type JudgedCheck, missingOf, type ReportView } from '../view.ts';
import { metricLabel, metricUnit, SOURCE_WORDS } from '../words.ts';
import { chart } from './chart.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { threshold } from './findings.ts';
import { driftBar, mini } from './mini.ts';
import { badge, shape } from './verdict.ts';

/** All columns, worst first: a line each, which opens to all that was measured. */
export function columns({ columns, tableMetrics }: ReportView): Markup | null {
  if (columns.length === 0) return null;
  return html`<section aria-labelledby="columns"><h2 id="columns">Columns <span class="count">${columns.length}</span></h2>
<div class="columns"><div class="row heads" aria-hidden="true"><span></span><span>Name</span><span>Type</span><span class="right">Missing</span><span>Drift <small>against its threshold</small></span><span>Distribution</span><span></span></div>
${columns.map(columnDetails)}</div>
${tableMetrics.length > 0 && html`<details class="card whole"><summary>The table as a whole</summary><div class="inside">${metricTable(tableMetrics)}</div></details>`}</section>`;
}

function columnDetails(view: ColumnView): Markup {
  const { column, drift } = view;
  const missing = missingOf(view);
  const bar = driftBar(view);
  return html`<details class="column"><summary class="row">${shape(view.verdict)}<span class="title">${named(column.name)}</span>
<span class="type">${column.type}${column.role !== 'feature' && html` <em>${column.role}</em>`}</span>
<span class="right missing">${missing === null ? html`<span class="mute">–</span>` : html`<span class="unseen">missing </span>${missingText(missing)}`}</span>
<span class="drift">${bar === null ? html`<span class="mute">not judged</span>` : html`${bar}<span class="figure">${formatNumber(drift!.measure.judged!)}</span>`}</span>
<span class="picture">${mini(view)}</span><span class="open" aria-hidden="true"></span></summary>
<div class="inside" id="${view.anchor}">${inside(view)}</div></details>`;
}

const missingText = ({ current, baseline }: { current: number; baseline: number | null }): Content =>
  baseline === null || formatShare(baseline) === formatShare(current)
    ? formatShare(current)
    : html`<span class="mute">${formatShare(baseline)} →</span> ${formatShare(current)}`;

function inside(view: ColumnView): Markup {
  const picture = chart(view.column);
  const judgedRows = new Set(view.checks.map(({ metric }) => metric));
  const rest = view.metrics.filter((row) => !judgedRows.has(row));
  return html`<div class="pair">${picture ?? html`<p class="none">No distribution to show: ${undrawn(view.column)}</p>`}
<div>${view.column.inferred && html`<p class="mute small">Role and type were inferred.</p>`}${rest.length > 0 && metricTable(rest)}</div></div>
${view.checks.length > 0 && checkTable(view.column.name, view.checks)}`;
}

function undrawn({ type, role }: ColumnView['column']): string {
  if (type === 'text' || role === 'id') return 'values of this column are not kept.';
  return role === 'label' ? 'labels that come apart from the data are not profiled.' : 'nothing was measured.';
}

/** Checks, each with what it says, its numbers and its threshold. */
export function checkTable(name: string, checks: JudgedCheck[]): Markup {
  const row = ({ check, measure }: JudgedCheck): Markup =>
    html`<tr><td>${badge(check.verdict)}</td><th scope="row">${check.id.split('/', 1)[0]!.replaceAll('_', ' ')}<small>${check.message}</small></th>
<td>${measure.value === null ? '–' : inUnit(measure.value, measure.unit)}</td><td>${check.expected === null ? '–' : inUnit(check.expected, measure.unit)}</td>
<td>${threshold(check, measure)}${check.threshold !== null && html`<small>${SOURCE_WORDS[check.threshold.source]}</small>`}</td><td>${check.adjustedPValue === null ? '–' : formatPValue(check.adjustedPValue, '')}</td></tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Checks of ${name}"><table class="checks"><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">Now</th><th scope="col">Expected</th><th scope="col">Threshold</th><th scope="col">Adjusted p</th></tr></thead><tbody>${checks.map(row)}</tbody></table></div>`;
}

function metricTable(rows: MetricRow[]): Markup {
  const where = rows.some(({ segment, facet }) => segment !== null || facet !== null);
  const row = (each: MetricRow): Markup =>
    html`<tr><th scope="row">${metricName(each)}</th>${where && html`<td>${each.segment ?? each.facet ?? 'all'}</td>`}<td>${metricValue(each)}</td></tr>`;
  return html`<div class="scroll"><table class="metrics"><thead><tr><th scope="col">Measured</th>${where && html`<th scope="col">Where</th>`}<th scope="col">Now</th></tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;
}

export function metricName({ metric, parameters }: MetricRow): string {
  if (metric === 'quantile' && typeof parameters.p === 'number')
    return parameters.p === 0.5 ? 'median' : `quantile ${formatNumber(parameters.p * 100)} %`;
  const entries = Object.entries(parameters).map(([key, value]) => (key === 'average' ? `${value} average` : `${key} ${value}`));
  return metricLabel(metric) + (entries.length > 0 ? ` (${entries.join(', ')})` : '');
}

function metricValue({ metric, value, interval, error, reason }: MetricRow): Content {
  if (value === null) return html`<span class="mute">${reason ?? '–'}</span>`;
  const unit = metricUnit(metric);
  const bounds = interval === null ? '' : `${inUnit(fromJsonNumber(interval[0]), unit)} to ${inUnit(fromJsonNumber(interval[1]), unit)}`;
  return html`${inUnit(fromJsonNumber(value), unit)}${error !== null && error > 0 && html` <span class="mute">± ${inUnit(error, unit)}</span>`}${bounds !== '' && html`<small>${bounds}</small>`}`;
}
