import { VERDICTS } from '../../contract/verdict.ts';
import { formatTime } from '../../report/format.ts';
import { html, type Markup, named } from '../../report/html/escape.ts';
import { shape } from '../../report/html/verdict.ts';
import { VERDICT_WORDS } from '../../report/words.ts';
import { type FoundReport, reportHref, summarise } from '../read-reports.ts';
import { type ApiRequest, href } from '../request.ts';
import { reportTable } from './report-rows.ts';
import { shell } from './shell.ts';

/** Reports on the timeline, and in the table below it. */
export const RECENT = 168;
const LATEST = 10;

export interface MonitorPage {
  monitor: string;
  /** monitor.json as it is stored. */
  text: string;
  baseline: string | null;
  /** Newest first. */
  reports: FoundReport[];
}

/** A monitor: what its reports said lately, hour by hour, and how it is configured. */
export function monitorPage(request: ApiRequest, { monitor, text, baseline, reports }: MonitorPage): string {
  const all = href(request, 'monitors', monitor, 'reports');
  const latest = reports.slice(0, LATEST).map((found) => summarise(request, monitor, found));
  const lately =
    reports.length === 0
      ? html`<section><p class="card empty">There is no report yet: data that arrives under its location becomes one.</p></section>`
      : html`<section><h2>Verdicts</h2>${legend(reports)}${timeline(request, monitor, reports)}</section>
<section><h2>Latest reports</h2>${reportTable(latest)}<p class="next"><a href="${all}">All reports</a></p></section>`;
  return shell(request, {
    title: monitor,
    crumbs: [
      [href(request, 'monitors'), 'Monitors'],
      [href(request, 'monitors', monitor), monitor],
    ],
    body: html`<header><h1 class="name">${named(monitor)}</h1><p class="lead">${baseline === null ? 'No baseline is in force: nothing is compared yet.' : html`Compared with baseline <code>${baseline}</code>.`}</p></header>
${lately}
<section><details class="card config"><summary>Configuration</summary><pre>${text}</pre></details></section>`,
  });
}

/** A row for each day, newest first; in it a mark for each report, earliest first. */
function timeline(request: ApiRequest, monitor: string, reports: FoundReport[]): Markup {
  const days = new Map<string, FoundReport[]>();
  for (const found of reports) {
    const day = new Date(found.place.hour).toISOString().slice(0, 10);
    days.set(day, [found, ...(days.get(day) ?? [])]);
  }
  const rows = [...days].map(
    ([day, of]) =>
      html`<div class="day"><b>${day}</b><span class="marks">${of.map((found) => mark(reportHref(request, monitor, found.place), found))}</span></div>`,
  );
  return html`<div class="card">${rows}</div>`;
}

const mark = (address: string, { place, report }: FoundReport): Markup => {
  const when = report.subject.from ?? new Date(place.hour).toISOString();
  return html`<a href="${address}" title="${`${formatTime(when)}, ${report.kind}: ${VERDICT_WORDS[report.verdict].word}`}">${shape(report.verdict)}</a>`;
};

const legend = (reports: FoundReport[]): Markup =>
  html`<p class="legend">${VERDICTS.map((verdict) => [verdict, reports.filter(({ report }) => report.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => html`<span>${shape(verdict)}${VERDICT_WORDS[verdict].word} ${count}</span>`)}</p>`;
