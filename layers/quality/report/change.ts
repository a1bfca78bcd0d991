import { formatTime } from './format.ts';
import { inUnit } from './measures.ts';
import type { FindingView } from './view.ts';

/**
 * "since 2026-11-20 14:00 UTC, when missing rate changed from 2 % to 21 %", where it failed from then on; else "missing rate changed at 2026-11-20 14:00 UTC from 2 % to 21 %;
 * beyond its threshold since 2026-11-20 15:00 UTC": as far as that is known.
 */
export function sinceText({ finding: { since, change }, lead }: FindingView): string | null {
  if (since === null) return null;
  const beyond = `since ${formatTime(since)}`;
  if (change === undefined || lead === null) return beyond;
  const { label, unit } = lead.measure;
  const levels = `from ${inUnit(change.before, unit)} to ${inUnit(change.after, unit)}`;
  return change.at === since
    ? `${beyond}, when ${label} changed ${levels}`
    : `${label} changed at ${formatTime(change.at)} ${levels}; beyond its threshold ${beyond}`;
}
