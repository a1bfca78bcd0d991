import type { ReportSummary, ReportsQuery } from '../../contract/api.ts';
import { VERDICTS } from '../../contract/verdict.ts';
import { html, type Markup, named } from '../../report/html/escape.ts';
import { VERDICT_WORDS } from '../../report/words.ts';
import { type ApiRequest, href } from '../request.ts';
import { reportTable } from './report-rows.ts';
import { shell } from './shell.ts';

export interface ReportsPage {
  monitor: string;
  query: ReportsQuery;
  reports: ReportSummary[];
  next: string | null;
}

/** Reports of a monitor, newest first, a page at a time. */
export function reportsPage(request: ApiRequest, { monitor, query, reports, next }: ReportsPage): string {
  const place = href(request, 'monitors', monitor, 'reports');
  return shell(request, {
    title: `Reports of ${monitor}`,
    crumbs: [
      [href(request, 'monitors'), 'Monitors'],
      [href(request, 'monitors', monitor), monitor],
      [place, 'Reports'],
    ],
    body: html`<header><h1 class="name">Reports of ${named(monitor)}</h1></header>
<section>${filters(place, query)}
${reports.length === 0 ? html`<p class="card empty">There is no report of this kind${next !== null && ' among those looked through so far'}.</p>` : reportTable(reports)}
${next !== null && html`<p class="next"><a href="${next}">Older reports</a></p>`}</section>`,
  });
}

/** The same list by verdict, from its beginning. */
function filters(place: string, { cursor: _, verdict: chosen, ...rest }: ReportsQuery): Markup {
  const link = (verdict: string | undefined, words: string): Markup => {
    const parameters = new URLSearchParams(
      Object.entries({ ...rest, verdict }).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
    const current = verdict === chosen && html` aria-current="true"`;
    return html`<a href="${parameters.size === 0 ? place : `${place}?${parameters}`}"${current}>${words}</a>`;
  };
  return html`<nav class="filters" aria-label="By verdict">${[link(undefined, 'All'), ...VERDICTS.map((verdict) => link(verdict, VERDICT_WORDS[verdict].word))]}</nav>`;
}
