import type { Column } from '../contract/columns.ts';
import type { ColumnReport } from '../contract/report.ts';
import type { ColumnSide } from '../profile/column-side.ts';
import { shownUnknown } from '../states/categories.ts';

type Distribution = ColumnReport['distribution'];
type Bar = Distribution['bars'][number];

const BARS = 24;
const MOST_CATEGORIES = 12;
const NONE: Distribution = { kind: 'none', bars: [], missing: null };

/** The picture of a column: both sides over the same bins, as shares of all rows. */
export function distributionOf(column: Column, current: ColumnSide | null, baseline: ColumnSide | null, showValues: boolean): Distribution {
  const shown = current ?? baseline;
  if (shown === null || column.role === 'id' || column.role === 'time') return NONE;
  // Labels that were joined to a window are in no profile: there is nothing to draw beside the baseline's.
  if (current === null && column.role === 'label') return NONE;
  const missing = { baseline: shareOf(baseline?.counts.missing, baseline), current: shareOf(current?.counts.missing, current) };
  if (shown.cuts !== undefined && shown.context.edges!.length > 1) return { kind: 'number', bars: numberBars(current, baseline), missing };
  if (shown.categories !== undefined && showValues) return { kind: 'category', bars: categoryBars(current, baseline), missing };
  return NONE;
}

const shareOf = (count: number | undefined, side: ColumnSide | null): number =>
  side === null || side.counts.rows === 0 ? 0 : (count ?? 0) / side.counts.rows;

/** Bins of about equal width between the baseline's 0.5 and 99.5 % points, taken from the cuts; one more at each end. */
function numberBars(current: ColumnSide | null, baseline: ColumnSide | null): Bar[] {
  const edges = (baseline ?? current)!.context.edges!;
  const chosen = displayEdges(edges);
  const ends = [...chosen.map((edge) => edges.indexOf(edge) + 1), edges.length + 1];
  const bars = ends.map((end, i): Bar => {
    const start = i === 0 ? 0 : ends[i - 1]!;
    const count = (side: ColumnSide | null): number => shareOf(sum(side?.cuts?.counts, start, end), side);
    return { label: null, from: chosen[i - 1] ?? null, to: chosen[i] ?? null, baseline: count(baseline), current: count(current) };
  });
  return bars.filter((bar) => (bar.from !== null && bar.to !== null) || bar.baseline > 0 || bar.current > 0);
}

function displayEdges(edges: Float64Array): number[] {
  const low = edges[Math.floor(edges.length * 0.005)]!;
  const high = edges[Math.ceil((edges.length - 1) * 0.995)]!;
  const chosen = new Set<number>([edges[0]!]);
  for (let i = 0; i <= BARS; i++) {
    const target = low + ((high - low) * i) / BARS;
    const above = edges.find((edge) => edge >= target);
    if (above !== undefined) chosen.add(above);
  }
  chosen.add(edges.at(-1)!);
  const list = [...chosen].sort((a, b) => a - b);
  const width = (high - low) / BARS / 100;
  return list.filter((edge, i) => i === 0 || edge - list[i - 1]! > width || i === list.length - 1);
}

function sum(counts: ArrayLike<number> | undefined, start: number, end: number): number {
  let total = 0;
  for (let i = start; counts !== undefined && i < Math.min(end, counts.length); i++) total += counts[i]!;
  return total;
}

/** The largest categories of either side; the rest together. New ones are named with at least 5 rows behind them. */
function categoryBars(current: ColumnSide | null, baseline: ColumnSide | null): Bar[] {
  const names = (current ?? baseline)!.context.categories ?? [];
  const bar = (label: string, before: number | undefined, now: number | undefined): Bar => ({
    label,
    from: null,
    to: null,
    baseline: shareOf(before, baseline),
    current: shareOf(now, current),
  });
  const bars = names.map((name, i) => bar(name, baseline?.categories?.known[i], current?.categories?.known[i]));
  if (current?.categories !== undefined) for (const [name, count] of shownUnknown(current.categories)) bars.push(bar(name, 0, count));
  bars.sort((a, b) => Math.max(b.baseline, b.current) - Math.max(a.baseline, a.current) || (a.label! < b.label! ? -1 : 1));
  const shown = bars.slice(0, MOST_CATEGORIES);
  const rest = (side: ColumnSide | null, key: 'baseline' | 'current'): number =>
    side === null
      ? 0
      : Math.max(0, 1 - shareOf(side.counts.missing + side.counts.misfit, side) - shown.reduce((total, entry) => total + entry[key], 0));
  const others = { ...bar('all others', 0, 0), baseline: rest(baseline, 'baseline'), current: rest(current, 'current') };
  return others.baseline > 1e-12 || others.current > 1e-12 ? [...shown, others] : shown;
}
