import { capitalised, favourableText } from '../class-words.ts';
import { type FairnessView, viewFairness } from '../fairness-view.ts';
import { formatCount } from '../format.ts';
import type { ReportView } from '../view.ts';
import { clarify } from './clarify.ts';
import { checkTable } from './columns.ts';
import { html, type Markup } from './escape.ts';
import { gaps } from './gaps.ts';
import { facetTable } from './groups.ts';
import { intersections } from './intersections.ts';
import { folded } from './table.ts';

/** How groups fare: their shares of favourable predictions, where facets meet, where gaps come from. Null without such a section. */
export function fairness({ report, checks }: ReportView): Markup | null {
  const view = viewFairness(report);
  if (view === null) return null;
  const positive = report.performance?.positive ?? [];
  const own = checks.filter(({ check }) => check.factor === 'fairness');
  return html`<section aria-labelledby="fairness"><h2 id="fairness">How fair</h2><div class="card outcome">
<p class="lead">${lead(view, positive)}</p>
${view.facets.map((facet) => facetTable(facet, report.baseline !== null))}
${gaps(view.section)}
${intersections(view.section)}
${clarify(view, positive)}
${own.length > 0 && folded(`Checks of fairness, ${formatCount(own.length)}`, checkTable('fairness', own))}
</div></section>`;
}

function lead({ section }: FairnessView, positive: string[]): string {
  return `${capitalised(favourableText(section.favourable, positive))}. The impact ratio is a group’s share of favourable predictions over the most favoured group’s; below 0.8, four fifths, it is marked.`;
}
