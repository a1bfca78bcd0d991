import { digestOf } from '../contract/digest.ts';
import type { Mute } from '../contract/mute.ts';
import type { Report } from '../contract/report.ts';
import { findingKey } from './subject.ts';

/** Until when findings are muted, by key, in milliseconds since the epoch. */
export const mutedUntil = (mutes: readonly Mute[]): Map<string, number> =>
  new Map(mutes.map(({ finding, until }) => [finding, Date.parse(until)]));

/** A report that says which of its findings are muted, by whom, why and until when. That is part of what it was made from, and so of its id. */
export function withMutes(report: Report, at: number, mutes: readonly Mute[]): Report {
  const inForce = new Map(mutes.filter(({ until }) => at < Date.parse(until)).map((mute) => [mute.finding, mute]));
  const findings = report.findings.map((finding) => {
    const mute = inForce.get(findingKey(finding));
    return mute === undefined ? finding : { ...finding, muted: { reason: mute.reason, by: mute.by, until: mute.until } };
  });
  const notes = findings.flatMap(({ muted, title }) =>
    muted === undefined ? [] : [`Muted until ${muted.until} by ${muted.by} (${muted.reason}): ${title}`],
  );
  if (notes.length === 0) return report;
  const id = digestOf([report.id, findings.map(({ muted }) => muted ?? null)]);
  return { ...report, id, findings, notes: [...report.notes, ...notes] };
}
