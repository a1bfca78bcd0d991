import { findingKey } from '../../layers/quality/alerts/subject.ts';
import { keys } from '../../layers/quality/contract/keys.ts';
import { BUCKET, START, WINDOW } from './data.ts';

const columns = { at: { role: 'time', type: 'time' } };
const windows = { input: { location: `s3://${BUCKET}/hours/` }, report: 'window', windows: ['6h'], columns };

/** One that tells of objects, one that tells of every window that fails, and one of those that are confirmed and not muted. */
export const MONITORS = [
  { schema: 'assay.monitor/1', monitor: 'm', input: { location: `s3://${BUCKET}/data/` }, report: 'object', windows: [], columns },
  { schema: 'assay.monitor/1', monitor: 'w', ...windows },
  { schema: 'assay.monitor/1', monitor: 'c', ...windows, confirm: [2, 3] },
];

/** Of the third monitor somebody wants to hear nothing of the amount until the fifth window begins. */
export function muteFile(monitor = 'c'): { key: string; body: string } {
  const finding = findingKey({ id: 'shift/amount', cause: 'shift', columns: ['amount'] });
  const until = new Date(START + 4 * WINDOW).toISOString();
  const mute = { schema: 'assay.mute/1', monitor, finding, reason: 'a known change', by: 'Ada', until };
  return { key: keys.mute(monitor, finding), body: JSON.stringify(mute) };
}
