import type { MonitorSummary } from '../../contract/api.ts';
import { html, type Markup, named } from '../../report/html/escape.ts';
import { scrollTable } from '../../report/html/table.ts';
import { badge } from '../../report/html/verdict.ts';
import { type ApiRequest, href } from '../request.ts';
import { period } from './report-rows.ts';
import { shell } from './shell.ts';

/** All monitors by name, with what their latest reports say. */
export function monitorsPage(request: ApiRequest, monitors: MonitorSummary[]): string {
  const list =
    monitors.length === 0
      ? html`<p class="card empty">There is no monitor yet. Put a monitor.json under monitors/NAME/ in the data bucket, or send it with PUT /v1/monitors/NAME.</p>`
      : html`<div class="card list">${scrollTable('Monitors', ['<Monitor', '<Latest report', '<Period', '<What it says'], monitors.map(row))}</div>`;
  return shell(request, {
    title: 'Monitors',
    crumbs: [[href(request, 'monitors'), 'Monitors']],
    body: html`<header><h1 class="name">Monitors</h1></header><section>${list}</section>`,
  });
}

function row({ monitor, href: address, latest, problem }: MonitorSummary): Markup {
  const name = html`<th scope="row"><a href="${address}">${named(monitor)}</a></th>`;
  if (problem !== null) return html`<tr>${name}<td>${badge('error')}</td><td></td><td class="said">${problem}</td></tr>`;
  if (latest === null) return html`<tr>${name}<td>${badge('not_applicable')}</td><td></td><td class="said">no report yet</td></tr>`;
  return html`<tr>${name}<td><a href="${latest.href}">${badge(latest.verdict)}</a></td><td class="when">${period(latest)}</td><td class="said">${latest.summary}</td></tr>`;
}
