import type { Alert, AlertKind } from '../contract/alerts.ts';
import type { Report } from '../contract/report.ts';
import { worst } from '../contract/verdict.ts';

/** SNS takes subjects below 100 characters of ASCII. */
const SUBJECT_MOST = 99;
const LINE_MOST = 240;
const SHOWN = 5;

const HEADINGS: Record<AlertKind, string> = { opened: 'New:', reminder: 'Still failing:', recovered: 'No longer failing:' };

export interface MessageParts {
  monitor: string;
  report: Report;
  /** Address of the report's page. */
  page: string;
  alerts: readonly Alert[];
}

/** A message as a person reads it on a phone: what is wrong first, then what else, then where to look. */
export function messageOf(parts: MessageParts): { subject: string; text: string } {
  const { monitor, report, page, alerts } = parts;
  const failing = alerts.filter(({ kind }) => kind !== 'recovered');
  const lines = [
    `${monitor}: ${failing.length === 0 ? 'recovered' : worst(failing.map(({ severity }) => severity)).toUpperCase()}`,
    subjectLine(report),
    ...(['opened', 'reminder', 'recovered'] as const).flatMap((kind) => section(kind, alerts)),
    '',
    cut(report.summary, 2 * LINE_MOST),
    '',
    `Report: ${page}`,
    ...(failing.length === 0 ? [] : [`Mute: PUT /v1/monitors/${monitor}/findings/${failing[0]!.finding}/mute`]),
  ];
  return { subject: subjectOf(parts, failing), text: `${lines.join('\n')}\n` };
}

function subjectOf({ monitor, alerts }: MessageParts, failing: Alert[]): string {
  const [first] = failing.length > 0 ? failing : alerts;
  const word = failing.length > 0 ? worst(failing.map(({ severity }) => severity)).toUpperCase() : 'OK';
  const more = alerts.length > 1 ? ` (+${alerts.length - 1})` : '';
  const says = failing.length > 0 ? first!.title : `no longer: ${first!.title}`;
  const start = `${word} ${monitor}: `;
  return ascii(`${start}${cut(ascii(says), SUBJECT_MOST - start.length - more.length, '...')}${more}`);
}

function subjectLine({ kind, subject: { from, to, objects, rows } }: Report): string {
  const when = from === null || to === null ? '' : ` of ${minute(from)} to ${minute(to)} UTC`;
  const what = kind === 'window' ? 'Window' : (objects[0]?.uri.split('/').at(-1) ?? 'Object');
  return `${cut(what, LINE_MOST)}${when}, ${rows.toLocaleString('en-US')} rows`;
}

function section(kind: AlertKind, alerts: readonly Alert[]): string[] {
  const own = alerts.filter((alert) => alert.kind === kind);
  if (own.length === 0) return [];
  const more = own.length > SHOWN ? [`- and ${own.length - SHOWN} more`] : [];
  return ['', HEADINGS[kind], ...own.slice(0, SHOWN).map(lineOf), ...more];
}

const lineOf = ({ title, since }: Alert): string => `- ${cut(title, LINE_MOST)} (since ${minute(since)})`;

const minute = (iso: string): string => iso.slice(0, 16).replace('T', ' ');
const cut = (text: string, most: number, end = '…'): string => {
  const line = text.replace(/\s+|\p{Cc}/gu, ' ');
  return line.length <= most ? line : `${line.slice(0, most - end.length)}${end}`;
};
/** What phones show wrongly, or SNS refuses. */
const ascii = (text: string): string =>
  text
    .replace(/[–—]/g, '-')
    .replace(/…/g, '...')
    .replace(/→/g, '->')
    .replace(/−/g, '-')
    .replace(/[^\x20-\x7e]/g, '?');
