import type { Report } from '../contract/report.ts';
import { columns } from './html/columns.ts';
import { html, type Markup, raw } from './html/escape.ts';
import { factors } from './html/factors.ts';
import { fairness } from './html/fairness.ts';
import { findings } from './html/findings.ts';
import { head } from './html/head.ts';
import { judged } from './html/judged.ts';
import { performance } from './html/performance.ts';
import { STYLE } from './html/style.ts';
import { type ReportView, viewReport } from './view.ts';
import { VERDICT_WORDS } from './words.ts';

export interface HtmlOptions {
  /** The exact command, for the last section. */
  command?: string;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** What is between the findings and the last section; what the report does not have is left out. */
const sections = (view: ReportView): Markup =>
  raw([factors(view), performance(view), fairness(view), columns(view)].filter((section) => section !== null).join('\n'));

/** A report as one page that needs nothing else: no script, no network, no fonts. */
export function renderHtml(report: Report, { command }: HtmlOptions = {}): string {
  const view = viewReport(report);
  const title = `${VERDICT_WORDS[report.verdict].word}: ${report.monitor ?? report.subject.objects[0]?.uri ?? 'report'} · Assay`;
  return `${html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><title>${title}</title><style>${raw(STYLE)}</style></head>
<body><main>
${head(view)}
${findings(view)}
${sections(view)}
${judged(view, command)}
</main></body>
</html>`}
`;
}
