import { fromJsonNumber } from '../../contract/report.ts';
import { sinceText } from '../change.ts';
import { formatPValue, formatShare, formatTime } from '../format.ts';
import { maybeOf } from '../maybe.ts';
import { boundValue, checkName, effectValue, intervalInUnit, inUnit } from '../measures.ts';
import type { ColumnView, FindingView, JudgedCheck, ReportView } from '../view.ts';
import { boundsLabel, SOURCE_WORDS } from '../words.ts';
import { chart } from './chart.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { badge } from './verdict.ts';

export function findings(view: ReportView): Markup {
  const { findings, columns, report } = view;
  const byName = new Map(columns.map((view) => [view.column.name, view]));
  const none = report.verdict === 'error' ? 'Nothing could be judged.' : 'Nothing is beyond its threshold.';
  return html`<section aria-labelledby="findings"><h2 id="findings">Findings <span class="count">${findings.length}</span></h2>
${findings.length === 0 ? html`<p class="none">${none}</p>` : findings.map((finding) => card(finding, byName, maybeOf(finding, view)))}</section>`;
}

function card(view: FindingView, byName: Map<string, ColumnView>, maybe: string | null): Markup {
  const { finding, lead } = view;
  const columns = finding.columns.flatMap((name) => byName.get(name) ?? []);
  const picture = columns.map(({ column }) => chart(column)).find((each) => each !== null) ?? null;
  const since = sinceText(view);
  return html`<article class="card finding ${finding.severity}${picture === null && ' plain'}">
<div class="say"><p class="tags">${badge(finding.severity)}${finding.columns.map((name) => columnLink(name, byName.get(name)))}${placeLink(view)}${segmentsOf(view).map((name) => html`<span class="segment">in ${named(name)}</span>`)}</p>
<h3>${finding.title}</h3>
${finding.why !== undefined && html`<p class="maybe"><b>Why.</b> ${sentence(finding.why)}</p>`}${since !== null && html`<p class="since">${since[0]!.toUpperCase()}${since.slice(1)}</p>`}${finding.muted !== undefined && html`<p class="since"><b>Muted</b> until ${formatTime(finding.muted.until)} by ${finding.muted.by}: ${finding.muted.reason}</p>`}
${maybe !== null && html`<p class="maybe"><b>What this may be.</b> ${maybe}</p>`}
${lead !== null && numbers(view, lead)}
${others(view)}</div>
${picture}</article>`;
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

/** Findings about the model say which part of the page shows more: their sentence names the segment or the group. */
const placeLink = ({ place, finding }: FindingView): Markup | null => {
  if (place === null) return null;
  const estimated = finding.cause === 'estimated_drop' && 'the model, estimated';
  return html`<a href="#${place.section}">${estimated || PLACES[place.section]}</a>`;
};

const PLACES = { performance: 'the model', fairness: 'fairness' };

const segmentsOf = ({ finding, place }: FindingView): string[] =>
  finding.segments.filter((name) => place === null || !finding.title.includes(name));

const columnLink = (name: string, view: ColumnView | undefined): Markup =>
  view === undefined ? named(name) : html`<a href="#${view.anchor}">${named(name)}</a>`;

function numbers({ finding }: FindingView, { check, measure, metric }: JudgedCheck): Markup {
  const { label, value, unit, bounds } = measure;
  const cells: [string, Content, Content?][] = [];
  if (value !== null) cells.push([label, inUnit(value, unit), measuredNote(metric, unit)]);
  if (check.expected !== null)
    cells.push(['Expected', inUnit(check.expected, unit), expectedBy(check, metric) ?? 'if nothing had changed']);
  if (check.effect !== null && bounds === 'effect')
    cells.push([CHANGES[checkName(check.id)] ?? 'Beyond chance', effectValue(check, measure), 'held against the threshold']);
  if (check.threshold !== null) cells.push(['Threshold', threshold(check, measure), SOURCE_WORDS[check.threshold.source]]);
  if (check.adjustedPValue !== null) cells.push(['Adjusted p', formatPValue(check.adjustedPValue, ''), 'over all checks']);
  if (finding.share !== null && finding.share < 1) cells.push(['Weight', formatShare(finding.share), 'of all excess in this report']);
  return html`<dl class="numbers">${cells.map(([term, number, note]) => html`<div><dt>${term}</dt><dd>${number}${note != null && html`<small>${note}</small>`}</dd></div>`)}</dl>`;
}

function measuredNote(metric: JudgedCheck['metric'], unit: JudgedCheck['measure']['unit']): string {
  const bounds = metric?.interval?.map(fromJsonNumber) as [number, number] | undefined;
  if (bounds === undefined) return 'measured now';
  return `${boundsLabel(metric!.metric.startsWith('estimated_'))} ${intervalInUnit(bounds, unit)}`;
}

const CHANGES: Record<string, string> = {
  performance: 'Change',
  estimated_performance: 'Change',
  fairness_gap: 'Growth of the gap',
  label_coverage: 'Difference',
};
const EXPECTED: Record<string, string> = { four_fifths: 'the most favoured group', label_coverage: 'elsewhere' };

/** What is expected, where it is not what the baseline had. */
const expectedBy = (check: JudgedCheck['check'], metric: JudgedCheck['metric']): string | undefined =>
  metric?.parameters.prediction === undefined ? EXPECTED[checkName(check.id)] : undefined;

/** "fails 5 points, warns 2 points": the bounds of a check, the one that counts first. */
export function threshold(check: JudgedCheck['check'], measure: JudgedCheck['measure']): string {
  if (check.threshold === null) return '–';
  const { warn, fail, direction } = check.threshold;
  const relation = direction === 'above' || measure.bounds === 'effect' ? '>' : '<';
  const bound = check.verdict === 'warn' ? (warn ?? fail) : (fail ?? warn);
  return bound === null ? '–' : `${relation} ${boundValue(bound, check, measure)}`;
}

function others({ checks }: FindingView): Markup | null {
  const rest = checks.slice(1);
  if (rest.length === 0) return null;
  return html`<p class="also">Also: ${rest.map(({ check }, i) => html`${i > 0 && ' · '}${check.message}`)}</p>`;
}
