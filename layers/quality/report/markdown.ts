import type { Report } from '../contract/report.ts';
import { sinceText } from './change.ts';
import { formatCount, formatPeriod, formatPValue, formatTime, plural } from './format.ts';
import { mark, row } from './markdown-cells.ts';
import { modelBlocks } from './markdown-model.ts';
import { boundText, effectText } from './measures.ts';
import { withWhy } from './place.ts';
import { type FindingView, type ReportView, viewReport } from './view.ts';
import { VERDICT_WORDS } from './words.ts';

/** A report for a pull request or a ticket: the verdict, what was found, the factors. */
export function renderMarkdown(report: Report): string {
  const view = viewReport(report);
  const { icon, word } = VERDICT_WORDS[report.verdict];
  const blocks = [
    `## ${icon} ${word}: ${view.counts}`,
    mark(report.summary),
    facts(report),
    ...report.subject.objects.flatMap(({ uri, error }) => (error === undefined ? [] : [`- not read: ${mark(uri)}: ${mark(error)}`])),
    findings(view),
    ...modelBlocks(report),
    factors(view),
    report.notes.map((note) => `- ${mark(note)}`).join('\n'),
    `Assay ${mark(report.produced.assay)} · report ${mark(report.id)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function facts({ subject, baseline, monitor }: Report): string {
  return [
    monitor === null ? null : `monitor ${mark(monitor)}`,
    `${plural(subject.rows, 'row')} × ${plural(subject.columns, 'column')}`,
    formatPeriod(subject.from, subject.to),
    baseline === null ? 'no baseline' : `compared with ${plural(baseline.rows, 'row')} in ${plural(baseline.chunks, 'chunk')}`,
    subject.rejected === 0 ? null : `${formatCount(subject.rejected)} rejected`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function findings({ findings }: ReportView): string {
  if (findings.length === 0) return '';
  return [
    row(['', 'Where', 'Finding', 'Measured', 'Threshold', 'Adjusted p']),
    row(['---', '---', '---', '---:', '---', '---:']),
    ...findings.map(findingRow),
  ].join('\n');
}

function findingRow(view: FindingView): string {
  const { finding, lead, place } = view;
  const { icon, word } = VERDICT_WORDS[finding.severity];
  const text = sinceText(view);
  const since = text === null ? '' : ` (${mark(text)})`;
  const muted = finding.muted === undefined ? '' : ` (muted until ${formatTime(finding.muted.until)})`;
  const p = lead?.check.adjustedPValue ?? null;
  return row([
    `${icon} ${word.toLowerCase()}`,
    finding.columns.length > 0 ? finding.columns.map(mark).join(', ') : place === null ? '' : mark(place.label),
    mark(withWhy(finding, place?.message ?? finding.title)) + since + muted,
    lead === null ? '' : effectText(lead.check, lead.measure),
    lead === null ? '' : boundText(lead.check, lead.measure),
    p === null ? '' : formatPValue(p, '').replace('<', '&lt;'),
  ]);
}

function factors({ factors }: ReportView): string {
  const rows = factors.map(({ name, verdict, detail }) =>
    row([name, `${VERDICT_WORDS[verdict].icon} ${VERDICT_WORDS[verdict].word.toLowerCase()}`, mark(detail)]),
  );
  return [row(['Factor', 'Verdict', '']), row(['---', '---', '---']), ...rows].join('\n');
}
