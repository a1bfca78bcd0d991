import type { ReportSummary } from '../../contract/api.ts';
import { formatCount, formatPeriod } from '../../report/format.ts';
import { html, type Markup } from '../../report/html/escape.ts';
import { scrollTable } from '../../report/html/table.ts';
import { badge } from '../../report/html/verdict.ts';

/** Reports as rows, in the order given. */
export const reportTable = (reports: ReportSummary[]): Markup =>
  html`<div class="card list">${scrollTable('Reports', ['<Verdict', '<Period', '<Kind', 'Rows', '<What it says'], reports.map(row))}</div>`;

/** From when to when, the day once where it is one. */
export function period({ from, to }: Pick<ReportSummary, 'from' | 'to'>): string {
  const whole = formatPeriod(from, to);
  if (whole === null) return 'no times in the data';
  const [day, again] = [from, to].map((time) => time?.slice(0, 10));
  return day === again ? whole.replace(` to ${day} `, ' to ') : whole;
}

const row = ({ verdict, kind, rows, summary, href, from, to }: ReportSummary): Markup =>
  html`<tr><td><a href="${href}">${badge(verdict)}</a></td><td class="when">${period({ from, to })}</td><td>${kind}</td><td class="right">${formatCount(rows)}</td><td class="said">${summary}</td></tr>`;
