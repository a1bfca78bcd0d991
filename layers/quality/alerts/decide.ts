import type { Alert, Told } from '../contract/alerts.ts';
import type { Finding, Report } from '../contract/report.ts';
import { failingOf, standingOf } from './standing.ts';
import { findingKey, subjectOf } from './subject.ts';

/** As much of a report as alerts depend on. */
export type JudgedReport = Pick<Report, 'findings' | 'checks' | 'subject'>;

export interface Evidence {
  report: JudgedReport;
  /** When it begins, milliseconds since the epoch. */
  at: number;
  /** The reports just before it, as many as `confirm` looks at. */
  preceding: readonly JudgedReport[];
  /** An alarm when m of n consecutive reports fail. */
  confirm: readonly [number, number];
  /** What people were told before, by the finding's key. */
  told: Readonly<Record<string, Told>>;
  /** Until when findings are muted, by key. */
  mutedUntil: ReadonlyMap<string, number>;
  /** Whether no later report is known: only then is something over. */
  newest: boolean;
}

const DAY = 86_400_000;
/** What still fails is said again after this. */
export const REMINDER = DAY;
/** What is over is remembered for so long: what comes later about times before it is no news. */
const MEMORY = 90 * DAY;

/** What a report gives reason to tell, and what people then know. The same report again gives nothing: they know. */
export function decideAlerts(evidence: Evidence): { alerts: Alert[]; told: Record<string, Told> } {
  const failing = new Map([...failingOf(evidence.report).values()].map((finding) => [findingKey(finding), finding]));
  const told: Record<string, Told> = {};
  const alerts: Alert[] = [];
  for (const key of new Set([...failing.keys(), ...Object.keys(evidence.told)])) {
    const before = evidence.told[key];
    const after = isMuted(evidence, key) ? before : next(evidence, key, failing.get(key), before);
    if (after !== undefined && (after.open || evidence.at - Date.parse(after.at) <= MEMORY)) told[key] = after;
    if (after !== undefined && after !== before) alerts.push(alertOf(key, before, after));
  }
  return { alerts: [...alerts].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)), told };
}

const ORDER = ['opened', 'reminder', 'recovered'];

const isMuted = ({ mutedUntil, at }: Evidence, key: string): boolean => at < (mutedUntil.get(key) ?? -Infinity);

/** What people should know of one subject after this report: what they know already, or something new. */
function next(evidence: Evidence, key: string, finding: Finding | undefined, before: Told | undefined): Told | undefined {
  const { report, at, newest } = evidence;
  const later = before === undefined || at > Date.parse(before.at);
  if (finding !== undefined) {
    if (!confirmed(evidence, key, 1)) return before;
    if (before?.open) return at - Date.parse(before.at) >= REMINDER ? openOf(finding, at, before.since) : before;
    return later ? openOf(finding, at, finding.since) : before;
  }
  if (!before?.open || !later || !newest || confirmed(evidence, key, 0)) return before;
  return standingOf(report, before.subject, before.checks) === 'passing' ? { ...before, open: false, at: iso(at) } : before;
}

/** Whether m of the last n reports fail, `now` of them this one. */
function confirmed({ preceding, confirm: [m, n] }: Evidence, key: string, now: 0 | 1): boolean {
  const fails = (report: JudgedReport): boolean => [...failingOf(report).values()].some((finding) => findingKey(finding) === key);
  return now + preceding.slice(0, n - 1).filter(fails).length >= m;
}

const iso = (time: number): string => new Date(time).toISOString();

function openOf(finding: Finding, at: number, since: string | null): Told {
  const { title, severity, checks } = finding;
  return { open: true, subject: subjectOf(finding), title, severity, checks, since: since ?? iso(at), at: iso(at) };
}

function alertOf(finding: string, before: Told | undefined, { open, title, severity, since }: Told): Alert {
  const kind = open ? (before?.open ? 'reminder' : 'opened') : 'recovered';
  return { kind, finding, title, severity, since };
}
