import type { Report } from '../contract/report.ts';
import type { Verdict } from '../contract/verdict.ts';
import { sinceText } from './change.ts';
import { formatCount, formatPeriod, formatShare, formatTime, plural } from './format.ts';
import { boundText, effectText } from './measures.ts';
import { withWhy } from './place.ts';
import { shortenApart } from './shorten-apart.ts';
import { modelBlock } from './text-model.ts';
import { modelTableBlocks } from './text-tables.ts';
import { type FindingView, type ReportView, viewReport } from './view.ts';
import { cells, pad, shorten, visible, wrap } from './visible.ts';
import { VERDICT_WORDS } from './words.ts';

export interface TextOptions {
  /** Cells of the terminal; at least 40 are used. */
  width?: number;
  colour?: boolean;
  /** Where the page was written, for the last line. */
  saved?: string;
}

const ESCAPES: Record<Verdict, string> = { not_applicable: '2', pass: '34', warn: '33', fail: '31', error: '35' };
const GAP = '   ';

/** A report on a terminal: the verdict, one line a finding, what to know to trust it. */
export function renderText(report: Report, { width = 120, colour = false, saved }: TextOptions = {}): string {
  const view = viewReport(report);
  const size = Math.max(40, width);
  const paint = (text: string, code: string): string => (colour ? `\u001b[1;${code}m${text}\u001b[0m` : text);
  const blocks = [
    header(report, size),
    [`${paint(VERDICT_WORDS[report.verdict].word.toUpperCase(), ESCAPES[report.verdict])}  ${view.counts}`],
    unreadable(report, size),
    findings(view, size, (name) => paint(name, '36')),
    modelBlock(report, size),
    ...modelTableBlocks(report, size),
    [...factors(view, size), ...alarms(report, size)],
    report.notes.flatMap((note) => hang('note: ', visible(note), size)),
    saved === undefined ? [] : hang('report: ', visible(saved), size),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const hang = (label: string, text: string, width: number, indent = 2): string[] =>
  wrap(text, width - indent - label.length).map((line, i) => ' '.repeat(indent) + (i === 0 ? label : ' '.repeat(label.length)) + line);

function header({ subject, baseline, monitor }: Report, width: number): string[] {
  const uris = subject.objects.map(({ uri }) => uri);
  const room = Math.max(20, Math.floor(width / 2));
  const size = `${plural(subject.rows, 'row')} × ${plural(subject.columns, 'column')}`;
  const left = [
    subjectName(uris, room) ?? shorten(visible(monitor ?? 'no objects'), room),
    [size, formatPeriod(subject.from, subject.to)].filter(Boolean).join(', '),
  ].join('  ');
  const right =
    baseline === null
      ? 'no baseline'
      : `compared with ${shorten(visible(baseline.id), 16)} (${plural(baseline.rows, 'row')}, ${plural(baseline.chunks, 'chunk')})`;
  const space = width - cells(left) - cells(right);
  if (space >= 3) return [left + ' '.repeat(Math.min(space, 8)) + right];
  return [...wrap(left, width), ...wrap(right, width)];
}

/** The first object, cut to the room, and how many others there are. */
function subjectName([first, ...others]: string[], room: number): string | null {
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'other object')}`;
  return shorten(visible(first), room - cells(more)) + more;
}

const unreadable = ({ subject }: Report, width: number): string[] =>
  subject.objects.flatMap(({ uri, error }) => (error === undefined ? [] : hang('not read: ', `${visible(uri)}: ${visible(error)}`, width)));

interface Line {
  name: string;
  message: string;
  effect: string;
  bound: string;
}

/** The sentence of a finding without the column, segment or group it starts with: that stands before it. */
function lineOf(view: FindingView): Line {
  const { finding, lead, place } = view;
  const since = sinceText(view);
  const name = finding.columns.length > 0 ? finding.columns.join(', ') : (place?.label ?? 'all rows');
  let message = withWhy(finding, place?.message ?? finding.title);
  const only = finding.columns.length === 1 ? finding.columns[0]! : null;
  if (only !== null && message.startsWith(only))
    message = message.slice(only.length).replace(/^(: ?| (is|was|has|have) (?=about|\d)| )/, '');
  if (since !== null) message = `${message.replace(/\.$/, '')}, ${since}`;
  if (finding.muted !== undefined) message = `${message.replace(/\.$/, '')}, muted until ${formatTime(finding.muted.until)}`;
  if (message.endsWith('.') && !message.slice(0, -1).includes('. ')) message = message.slice(0, -1);
  const effect = lead === null ? '' : effectText(lead.check, lead.measure);
  return { name: visible(name), message: visible(message), effect, bound: lead === null ? '' : boundText(lead.check, lead.measure) };
}

function findings(view: ReportView, width: number, paint: (name: string) => string): string[] {
  const lines = view.findings.map(lineOf);
  const widest = (key: keyof Line): number => Math.max(0, ...lines.map((line) => cells(line[key])));
  const names = Math.min(widest('name'), Math.max(12, Math.floor(width / 5)));
  const [effects, bounds] = [widest('effect'), widest('bound')];
  const rest = width - 2 - names - effects - bounds - 3 * GAP.length;
  const messages = Math.min(rest, widest('message'));
  const short = shortenApart(
    lines.map(({ name }) => name),
    names,
  );
  return lines.flatMap((line, i) => {
    const name = short[i]!;
    const first = `  ${paint(name)}${' '.repeat(names - cells(name))}${GAP}`;
    const next = ' '.repeat(2 + names + GAP.length);
    if (rest < 34)
      return [...wrap(line.message, width - next.length), ...narrow(line, width - next.length)].map(
        (text, j) => (j === 0 ? first : next) + text,
      );
    const [head = '', ...more] = wrap(line.message, messages);
    const numbers =
      line.effect === '' && line.bound === '' ? head : `${pad(head, messages)}${GAP}${pad(line.effect, effects)}${GAP}${line.bound}`;
    return [first + numbers.trimEnd(), ...more.map((text) => next + text)];
  });
}

const narrow = ({ effect, bound }: Line, width: number): string[] => {
  const numbers = [effect, bound].filter((part) => part !== '').join(', ');
  return numbers === '' ? [] : wrap(`(${numbers})`, width);
};

/** Factors that apply, one after the other; why another does not, only where the report itself says so. */
function factors({ factors }: ReportView, width: number): string[] {
  const shown = factors.filter(({ verdict }) => verdict !== 'not_applicable');
  const silent = factors.filter(({ verdict }) => verdict === 'not_applicable');
  const parts = shown.map(({ name, verdict }) => `${name.toLowerCase()} ${VERDICT_WORDS[verdict].word.toLowerCase()}`);
  if (silent.length > 0) parts.push(`not judged: ${silent.map(({ name }) => name.toLowerCase()).join(', ')}`);
  return hang('factors: ', parts.join(' · '), width);
}

function alarms({ falseAlarms }: Report, width: number): string[] {
  if (falseAlarms === null) return [];
  const { failed, windows, upper95 } = falseAlarms;
  const bound = `at most ${formatShare(upper95)} with 95 % confidence`;
  return hang('', `false alarms on the baseline: ${formatCount(failed)} of ${plural(windows, 'window')} (${bound})`, width);
}
