import type { Report } from '../../contract/report.ts';
import { formatBytes, formatCount, formatNumber, formatPeriod, formatPoints, formatShare, plural } from '../format.ts';
import { checkName, inUnit, isOfOutcomes } from '../measures.ts';
import { type JudgedCheck, type ReportView, viewChecks } from '../view.ts';
import { SOURCE_WORDS } from '../words.ts';
import { type Content, html, type Markup, named } from './escape.ts';
import { table } from './table.ts';

/** What an auditor asks: against what, how sure, by which bounds, from which bytes. */
export function judged({ report }: ReportView, command: string | undefined): Markup {
  return html`<section aria-labelledby="judged"><h2 id="judged" class="unseen">How this was judged</h2><details class="card whole"><summary>How this was judged</summary><div class="inside">
<dl class="facts wide">${facts(report, command).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${thresholds(report)}${objects(report)}${rejected(report)}</div></details></section>`;
}

function facts(report: Report, command: string | undefined): [string, Content][] {
  const { baseline, falseAlarms, produced } = report;
  const rows: [string, Content][] = [];
  if (baseline !== null) {
    const period = formatPeriod(baseline.from, baseline.to);
    rows.push([
      'Baseline',
      html`${plural(baseline.rows, 'row')} in ${plural(baseline.chunks, 'chunk')}${period !== null && `, ${period}`}<br><code>${baseline.id}</code>`,
    ]);
  }
  rows.push([
    'A check fails when',
    'what exceeds chance is beyond its threshold, and chance alone is too unlikely an explanation (p, adjusted over all checks of the report by Holm’s method).',
  ]);
  if (falseAlarms !== null) rows.push(['False alarms', alarms(falseAlarms)]);
  rows.push(
    ['Report', html`<code>${report.id}</code>`],
    ['Versions', `Assay ${produced.assay}, profiles ${produced.states}, ${report.schema}`],
  );
  if (command !== undefined) rows.push(['Command', html`<code>${command}</code>`]);
  return rows;
}

function alarms({ nominal, failed, windows, upper95, per30Days }: NonNullable<Report['falseAlarms']>): string {
  const measured = `${formatCount(failed)} of ${plural(windows, 'unchanged window')} of the baseline failed; the rate is at most ${formatShare(upper95)} with 95 % confidence (nominal ${formatShare(nominal)}).`;
  return per30Days === null ? measured : `${measured} Expected without any change: ${formatNumber(per30Days)} failing reports in 30 days.`;
}

/** The thresholds of one check and one source are one line: a range where they differ; each column's own stand in its card. */
function thresholds(report: Report): Markup | null {
  const groups = new Map<string, JudgedCheck[]>();
  for (const each of viewChecks(report)) {
    if (each.check.threshold === null) continue;
    const { direction, source } = each.check.threshold;
    const key = [checkName(each.check.id), direction, source, each.measure.unit, each.measure.bounds].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  if (groups.size === 0) return null;
  return table('Thresholds', ['Check', '<Measures', 'Warns', 'Fails', '<Source', 'Checks'], [...groups.values()].map(thresholdRow));
}

function thresholdRow(group: JudgedCheck[]): Markup {
  const { check, measure } = group[0]!;
  const { source } = check.threshold!;
  const name = checkName(check.id).replaceAll('_', ' ');
  const labels = [...new Set(group.map((each) => each.measure.label))].join(', ');
  const beyond = isOfOutcomes(check.id) ? 'against the baseline' : 'beyond chance';
  const what = measure.bounds === 'effect' ? `${labels}, ${beyond}` : labels;
  const bounds = (['warn', 'fail'] as const).map((level) =>
    range(
      group.flatMap((each) => each.check.threshold![level] ?? []),
      group[0]!,
    ),
  );
  return html`<tr><th scope="row">${name}</th><td class="text">${what}</td>${bounds.map((bound) => html`<td>${bound}</td>`)}<td class="text">${SOURCE_WORDS[source]}</td><td>${formatCount(group.length)}</td></tr>`;
}

function range(bounds: number[], { check, measure }: JudgedCheck): string {
  if (bounds.length === 0) return '–';
  const relation = check.threshold!.direction === 'above' || measure.bounds === 'effect' ? '>' : '<';
  const inWords = (value: number): string =>
    measure.unit === 'points' || (measure.bounds === 'effect' && measure.unit === 'share')
      ? formatPoints(value)
      : inUnit(value, measure.unit);
  const [least, most] = [inWords(Math.min(...bounds)), inWords(Math.max(...bounds))];
  return least === most ? `${relation} ${least}` : `${relation} ${least} to ${most}`;
}

function objects({ subject }: Report): Markup | null {
  if (subject.objects.length === 0) return null;
  const rows = subject.objects.map(
    ({ uri, sha256, bytes, rows, rejected, error }) =>
      html`<tr><th scope="row">${named(uri)}${error !== undefined && html`<small>${error}</small>`}</th><td>${formatBytes(bytes)}</td><td>${formatCount(rows)}</td><td>${formatCount(rejected)}</td><td class="text"><code>${sha256}</code></td></tr>`,
  );
  return table('Objects', ['Object', 'Size', 'Rows', 'Rejected', '<SHA-256'], rows);
}

function rejected({ rejected, subject }: Report): Markup | null {
  if (rejected.length === 0) return null;
  const label =
    rejected.length < subject.rejected
      ? `Rejected lines, the first ${rejected.length} of ${formatCount(subject.rejected)}`
      : 'Rejected lines';
  return table(
    label,
    ['Object', 'Line', '<Reason'],
    rejected.map(
      ({ uri, line, reason }) =>
        html`<tr><th scope="row">${named(uri)}</th><td>${formatCount(line)}</td><td class="text">${reason}</td></tr>`,
    ),
  );
}
