import { type Change, fromJsonNumber, type Report } from '../contract/report.ts';
import { lastLevelChange } from '../math/level-change.ts';
import { inUnit, type Measure, measureOf } from '../report/measures.ts';

/** What is kept of a window's report: what each check measured. */
export interface PastWindow {
  start: number;
  baseline: string | null;
  points: Map<string, Point>;
}

interface Point {
  measure: Measure;
  value: number;
  /** What the threshold is held against: what chance explains is no longer in it. */
  judged: number;
  /** Half the width of the metric's interval: what one window's rows cannot tell. */
  noise: number | null;
  /** The more it is, the better. */
  below: boolean;
}

export function pastOf({ checks, metrics, baseline }: Report, start: number): PastWindow {
  const points = new Map<string, Point>();
  for (const check of checks) {
    const metric = check.metric === null ? null : metrics[check.metric]!;
    const measure = measureOf(check, metric);
    const { value, judged, bounds } = measure;
    if (check.verdict === 'not_applicable' || value === null || judged === null || !Number.isFinite(value)) continue;
    const [low, high] = metric?.interval?.map(fromJsonNumber) ?? [];
    const noise = low === undefined || high === undefined ? null : (high - low) / 2;
    points.set(check.id, { measure, value, judged, noise, below: bounds === 'value' && check.threshold?.direction === 'below' });
  }
  return { start, baseline: baseline?.id ?? null, points };
}

/**
 * The last change of level of what a check measures, over consecutive windows, the last of which is judged. Windows that measured nothing are left out, and what is before
 * another baseline: distances to two baselines are two things. Looked for in what chance does not explain, as fewer rows alone make distances larger; told by the metric
 * itself. Null unless it is for the worse, larger than what a window's rows can tell, and seen in the numbers as they are written.
 */
export function changeOf(past: readonly PastWindow[], check: string): Change | null {
  const same = past.slice(past.findLastIndex(({ baseline }) => baseline !== past.at(-1)!.baseline) + 1);
  const series = same.flatMap(({ start, points }) => (points.has(check) ? [{ start, ...points.get(check)! }] : []));
  const found = lastLevelChange(series.map(({ judged }) => judged));
  if (found === null) return null;
  const [old, now] = [series.slice(found.from, found.at), series.slice(found.at)];
  const [before, after] = [middle(old, 'value'), middle(now, 'value')];
  const { measure, below } = now.at(-1)!;
  const worse = below ? middle(now, 'judged') < middle(old, 'judged') : middle(now, 'judged') > middle(old, 'judged');
  const noise = [...old, ...now].map((point) => point.noise ?? 0).sort((a, b) => a - b);
  if (!worse || Math.abs(after - before) <= median(noise) || inUnit(before, measure.unit) === inUnit(after, measure.unit)) return null;
  return { at: new Date(now[0]!.start).toISOString(), before, after, windows: series.length, pValue: found.pValue };
}

const middle = (points: readonly Point[], what: 'value' | 'judged'): number =>
  median(points.map((point) => point[what]).sort((a, b) => a - b));

const median = (sorted: readonly number[]): number => {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};
