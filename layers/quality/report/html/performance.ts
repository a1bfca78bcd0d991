import { decidedFrom } from '../class-words.ts';
import { formatCount, formatPValue, formatShare, plural } from '../format.ts';
import { inUnit } from '../measures.ts';
import { labelledApart } from '../model-lines.ts';
import { type PerformanceView, viewPerformance } from '../performance-view.ts';
import type { ReportView } from '../view.ts';
import { metricLabel, metricUnit } from '../words.ts';
import { classCurves } from './class-curves.ts';
import { checkTable } from './columns.ts';
import { confusion } from './confusion.ts';
import { curves } from './curves.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { estimates, estimatesTitle } from './estimates.ts';
import { gains, thresholds } from './gains.ts';
import { mainMetrics, otherMetrics, partMetrics } from './performance-metrics.ts';
import { residuals } from './residuals.ts';
import { folded } from './table.ts';

/** How right the model was: the numbers beside the baseline's, the curves, where it was least right. Null without such a section. */
export function performance({ report, checks }: ReportView): Markup | null {
  const view = viewPerformance(report);
  if (view === null) return null;
  const own = checks.filter(({ check }) => check.factor === 'accuracy');
  return html`<section aria-labelledby="performance"><h2 id="performance">How right the model was</h2><div class="card outcome">
<p class="lead">${judged(view)}</p>${labels(view)}
${view.estimated && estimates(view, report)}
${view.main.length > 0 && html`<div class="halves"><div>${mainMetrics(view, report)}</div><div>${confusion(view.section)}</div></div>`}
${view.classes.length > 0 && html`<h3>Each class against the rest</h3>${partMetrics('Class', view.classes, view.section.weight === undefined ? 'Rows' : 'Weight')}`}
${curves(view.section)}
${classCurves(view.section)}
${thresholds(view.section)}
${residuals(view.section)}
${worst(view)}
${view.segments.length > 0 && folded(`By segment, ${plural(view.segments.length, 'segment')}`, partMetrics('Segment', view.segments))}
${!view.estimated && view.section.estimates.length > 0 && folded(estimatesTitle(view.section), estimates(view, report))}
${gains(view.section)}
${view.others.length > 0 && folded('All other metrics', otherMetrics(view))}
${own.length > 0 && folded(`Checks of the model, ${formatCount(own.length)}`, checkTable('the model', own))}
</div></section>`;
}

/** "50,000 rows, 49,800 of them labelled. Label repaid, prediction y_pred; positive is 1, from a score of 0.5." */
function judged(view: PerformanceView): Markup {
  const { section } = view;
  const { label, prediction, score, positive, threshold, problem, weight } = section;
  const names: [string, string | null][] = [
    ['label', label],
    ['prediction', prediction],
    ['score', score],
  ];
  const given = names.flatMap(([word, name]) => (name === null ? [] : [html`${word} ${named(name)}`]));
  const cut = threshold === null ? null : decidedFrom(threshold);
  const decided =
    problem === 'binary' && positive.length > 0 && html` Positive is ${list(positive.map(named))}${cut !== null && `, ${cut}`}.`;
  const weighted =
    weight !== undefined && html` Each row counts by its weight (${named(weight)}): shares, and the counts of classes, are of weights.`;
  return html`${rowsText(view)} ${PROBLEMS[problem]}${given.length > 0 && html`: ${list(given)}`}.${decided}${weighted}`;
}

const PROBLEMS = { binary: 'Two classes', multiclass: 'Several classes', regression: 'A number' };

const list = (items: Markup[]): Content => items.map((item, i) => html`${i > 0 && ', '}${item}`);

function rowsText(view: PerformanceView): string {
  const { all, labelled, judged } = view.section.rows;
  const lead = `${plural(all, 'row')}, `;
  if (labelled === 0) return `${lead}none of them labelled yet.`;
  if (judged === all) return `${lead}all labelled and judged.`;
  const some = `${formatCount(labelled)} labelled (${formatShare(labelled / all)}${labelledApart(view)})`;
  return `${lead}${some}${judged === labelled ? '' : `, ${formatCount(judged)} with a prediction too`}: these are judged.`;
}

/** What became of labels that came by another road. */
function labels({ section }: PerformanceView): Markup | null {
  const { labels } = section;
  if (labels === null) return null;
  const parts = [
    `${formatCount(labels.matched)} matched`,
    some(labels.unmatched, 'of none of these rows'),
    some(labels.conflicts, 'in conflict with each other, not used'),
    some(labels.mismatched, 'of another number of rows, not used'),
    some(labels.rejected, 'could not be read'),
  ].filter((part) => part !== null);
  return html`<p class="lead">Labels came apart from the data, joined by ${list(labels.keys.map(named))}: ${parts.join(', ')}.</p>`;
}

const some = (count: number, what: string): string | null => (count === 0 ? null : `${formatCount(count)} ${what}`);

/** The segments that differ most from all rows, a sentence each. */
function worst({ section }: PerformanceView): Markup | null {
  if (section.worst.length === 0) return null;
  const line = ({ segment, metric, value, overall, rows, adjustedPValue }: PerformanceView['section']['worst'][number]): Markup => {
    const unit = metricUnit(metric);
    return html`<li><b>${metricLabel(metric)} ${inUnit(value, unit)}</b> in ${named(segment)}, n = ${formatCount(rows)}, overall ${inUnit(overall, unit)}, <span class="mute">adjusted ${formatPValue(adjustedPValue)}</span></li>`;
  };
  return html`<h3>Where it was least right</h3><ul class="lines">${section.worst.map(line)}</ul>`;
}
