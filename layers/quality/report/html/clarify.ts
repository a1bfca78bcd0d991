import { fromJsonNumber, type MetricRow } from '../../contract/report.ts';
import { classText } from '../class-words.ts';
import type { FairnessView } from '../fairness-view.ts';
import { formatNumber } from '../format.ts';
import { intervalInUnit, inUnit } from '../measures.ts';
import { metricLabel, metricUnit } from '../words.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { folded, scrollTable } from './table.ts';

/** Groups side by side in one table: more could not be read. */
const MOST = 12;

/** Metrics that count positive predictions or labels, whichever prediction is favourable. */
const OF_POSITIVES = new Set([
  'disparate_impact',
  'difference_in_positive_proportions_in_labels',
  'difference_in_positive_proportions_in_predicted_labels',
  'conditional_demographic_disparity_in_labels',
  'conditional_demographic_disparity_in_predicted_labels',
  'demographic_parity_difference',
  'demographic_parity_ratio',
  'selection_rate_difference',
]);

/** Every other metric of fairness, a table a facet: Clarify's with their codes, each group against the rest. */
export function clarify({ facets, metrics, section }: FairnessView, positive: string[]): Markup | null {
  const aside = section.favourable === 'negative' ? `counts positives (${classText(positive)}), here unfavourable` : null;
  const rest = new Set(metrics);
  const tables = facets.map(({ facet, groups }) => {
    const known = groups.toSorted((a, b) => b.group.rows - a.group.rows).map(({ group }) => group.facet);
    const own = metrics.filter((row) => row.facet === facet || known.includes(row.facet!) || row.facet!.startsWith(`${facet}=`));
    const names = [...new Set([...known, ...own.map((row) => row.facet!)])].filter((name) => name !== facet);
    for (const row of own) rest.delete(row);
    return own.length === 0 ? null : html`<h3>${named(facet)}</h3>${between(own, facet, aside)}${groupTable(own, names, aside)}`;
  });
  const others = [...rest];
  const left = others.length === 0 ? null : groupTable(others, [...new Set(others.map((row) => row.facet!))], aside);
  return tables.some((table) => table !== null) || left !== null
    ? folded('All metrics of fairness, with Clarify’s codes', [...tables.map((table) => table ?? ''), left])
    : null;
}

/** What is measured between all groups of a facet at once. */
function between(rows: MetricRow[], facet: string, aside: string | null): Markup | null {
  const own = rows.filter((row) => row.facet === facet);
  if (own.length === 0) return null;
  const row = (each: MetricRow): Markup => html`<tr><th scope="row">${rowName(each, aside)}</th><td>${cell(each)}</td></tr>`;
  return scrollTable(`Between the groups of ${facet}`, ['Between all groups', 'Now'], own.map(row), 'metrics clarify');
}

function groupTable(rows: MetricRow[], names: string[], aside: string | null): Markup | null {
  const shown = names.filter((name) => rows.some(({ facet }) => facet === name));
  if (shown.length === 0) return null;
  const columns = shown.slice(0, MOST);
  const byKey = new Map(rows.map((row) => [`${row.metric}\u0001${row.facet}`, row]));
  const metrics = [...new Map(rows.filter(({ facet }) => columns.includes(facet!)).map((row) => [row.metric, row])).values()];
  const line = (each: MetricRow): Markup =>
    html`<tr><th scope="row">${rowName(each, aside)}</th>${columns.map((name) => html`<td>${cell(byKey.get(`${each.metric}\u0001${name}`))}</td>`)}</tr>`;
  const more =
    shown.length > MOST && html`<p class="mute small">The ${formatNumber(MOST)} largest groups; the others’ are in report.json.</p>`;
  return html`${scrollTable('Each group against the rest', ['Group against the rest', ...columns.map(named)], metrics.map(line), 'metrics clarify')}${more}`;
}

const rowName = ({ metric, code }: MetricRow, aside: string | null): Markup =>
  html`${metricLabel(metric)}${code !== undefined && html` <code>${code}</code>`}${aside !== null && OF_POSITIVES.has(metric) && html`<small>${aside}</small>`}`;

function cell(row: MetricRow | undefined): Content {
  if (row === undefined) return html`<span class="mute">–</span>`;
  if (row.value === null) return html`<span class="mute">–<small>${row.reason ?? ''}</small></span>`;
  const unit = metricUnit(row.metric);
  const bounds = row.interval?.map((bound) => fromJsonNumber(bound)) as [number, number] | undefined;
  return html`${inUnit(fromJsonNumber(row.value), unit)}${bounds !== undefined && html`<small>${intervalInUnit(bounds, unit)}</small>`}`;
}
