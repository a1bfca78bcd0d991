import type { Report } from '../../contract/report.ts';
import { formatBytes, formatCount, formatPeriod, plural } from '../format.ts';
import type { ReportView } from '../view.ts';
import { VERDICT_WORDS } from '../words.ts';
import { type Content, html, type Markup, named } from './escape.ts';

/** The first screen: what was judged, the verdict, the sentence to act on. */
export function head({ report, counts }: ReportView): Markup {
  const { icon, word } = VERDICT_WORDS[report.verdict];
  return html`<header class="page-head">
<p class="over">Assay ${KINDS[report.kind]}${report.monitor !== null && html` · monitor ${named(report.monitor)}`}</p>
<div class="verdict ${report.verdict}"><span class="big" aria-hidden="true">${icon}</span><div><h1><span class="word">${word}</span> <span class="counts">${counts}</span></h1>
<p class="summary">${report.summary}</p></div></div>
${unreadable(report)}
<dl class="facts">${facts(report).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${report.notes.length > 0 && html`<ul class="notes" aria-label="Keep in mind">${report.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
</header>`;
}

const KINDS: Record<Report['kind'], string> = {
  batch: 'batch report',
  window: 'window report',
  release: 'release report',
  probe: 'probe report',
};

function facts({ subject, baseline, produced }: Report): [string, Content][] {
  const { objects } = subject;
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  const rows = plural(subject.rows, 'row');
  return [
    ['Data', objects.length === 1 ? named(objects[0]!.uri) : html`${plural(objects.length, 'object')}, ${formatBytes(bytes)}`],
    ['Period', formatPeriod(subject.from, subject.to) ?? 'no times in the data'],
    ['Size', `${rows} × ${plural(subject.columns, 'column')}${subject.rejected > 0 ? `, ${formatCount(subject.rejected)} rejected` : ''}`],
    [
      'Baseline',
      baseline === null ? 'none: nothing is compared' : `${plural(baseline.rows, 'row')} in ${plural(baseline.chunks, 'chunk')}`,
    ],
    ['Produced by', `Assay ${produced.assay}`],
  ];
}

function unreadable({ subject }: Report): Markup | null {
  const broken = subject.objects.filter(({ error }) => error !== undefined);
  if (broken.length === 0) return null;
  const all = subject.objects.length;
  const lead = all === 1 ? 'The data could not be read' : `${formatCount(broken.length)} of ${plural(all, 'object')} could not be read`;
  return html`<div class="unreadable"><h2>${lead}</h2><ul>${broken.map(({ uri, error }) => html`<li>${named(uri)}: ${error!}</li>`)}</ul></div>`;
}
