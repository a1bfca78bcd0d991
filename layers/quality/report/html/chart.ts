import * as Plot from '@observablehq/plot';
import type { ColumnReport } from '../../contract/report.ts';
import { formatNumber, formatShare, formatTicks } from '../format.ts';
import { shorten, visible } from '../visible.ts';
import { html, type Markup } from './escape.ts';
import { plotSvg } from './svg.ts';

const WIDTH = 360;
const CATEGORIES = 10;
const ROW = 34;

type Bar = ColumnReport['distribution']['bars'][number];
interface Pair {
  label: string;
  baseline: number;
  current: number;
}

/** Both distributions of a column over each other, with a caption that says which is which; null where there is nothing to show. */
export function chart(column: ColumnReport): Markup | null {
  const { kind, bars } = column.distribution;
  if (kind === 'none' || (bars.length === 0 && column.distribution.missing === null)) return null;
  const picture = kind === 'number' && bars.length > 0 ? numberPlot(column) : categoryPlot(column);
  const uneven = kind === 'number' && !evenly(bars);
  return html`<figure>${picture}<figcaption><span class="key baseline"></span>baseline <span class="key current"></span>now${uneven && html`<span class="aside">Bins of unequal width, drawn equally wide</span>`}</figcaption></figure>`;
}

/** Steps over bins of equal width on the page, labelled at their edges: open ends, single values and heavy tails all have their place. */
function numberPlot(column: ColumnReport): Markup {
  const { bars } = column.distribution;
  const missing = someMissing(column);
  const slot = missing === null ? null : { at: bars.length * 1.1, wide: Math.max(0.5, bars.length * 0.035) };
  const side = slot === null || missing === null ? [] : missingBars(slot.at, slot.wide, missing);
  const ticks = edgeTicks(bars);
  const end = slot === null ? bars.length : slot.at + 2 * slot.wide;
  const labels = new Map(ticks.map(({ at, text }) => [at, text]));
  return plotSvg(
    {
      ...frame(200, { left: 48, right: 26, bottom: 46, top: 24 }),
      x: { domain: [0, end], axis: null },
      y: { domain: [0, top(bars, missing)], percent: true, axis: null },
      marks: [
        Plot.gridY({ ticks: 3, stroke: 'var(--rule)', strokeOpacity: 1 }),
        Plot.axisY({ ticks: 3, tickSize: 0, label: 'share of rows', labelArrow: 'none', tickFormat: percentTick, fill: 'var(--muted)' }),
        Plot.areaY(steps(bars, 'baseline'), { x: 'x', y1: 0, y2: 'y', fill: 'var(--area)' }),
        Plot.line(steps(bars, 'baseline'), { x: 'x', y: 'y', stroke: 'var(--area-line)', strokeWidth: 1 }),
        Plot.line(steps(bars, 'current'), { x: 'x', y: 'y', stroke: 'var(--now)', strokeWidth: 2, strokeLinejoin: 'round' }),
        ...side,
        Plot.ruleY([0], { stroke: 'var(--muted)' }),
        Plot.axisX([...labels.keys()], {
          tickFormat: (at: number) => labels.get(at)!,
          tickSize: 4,
          stroke: 'var(--muted)',
          fill: 'var(--muted)',
          label: null,
        }),
        Plot.text([{ x: bars.length / 2 }], {
          x: 'x',
          frameAnchor: 'bottom',
          dy: 40,
          text: () => shorten(visible(column.name), 40),
          fill: 'currentColor',
        }),
      ],
    },
    describe(column),
  );
}

/** The missing shares, unless there are none on either side. */
const someMissing = ({ distribution: { missing } }: ColumnReport): ColumnReport['distribution']['missing'] =>
  missing !== null && missing.baseline + missing.current > 0 ? missing : null;

const frame = (height: number, margin: { left: number; right: number; bottom: number; top: number }): Plot.PlotOptions => ({
  width: WIDTH,
  height,
  marginLeft: margin.left,
  marginRight: margin.right,
  marginBottom: margin.bottom,
  marginTop: margin.top,
});

const percentTick = (percent: number): string => formatShare(percent / 100);

const top = (bars: Bar[], missing: { baseline: number; current: number } | null): number =>
  100 * 1.1 * Math.max(0.01, ...[...bars, missing ?? { baseline: 0, current: 0 }].flatMap(({ baseline, current }) => [baseline, current]));

const steps = (bars: Bar[], side: 'baseline' | 'current'): { x: number; y: number }[] =>
  bars.flatMap((bar, i) => [
    { x: i, y: bar[side] },
    { x: i + 1, y: bar[side] },
  ]);

function missingBars(at: number, wide: number, missing: { baseline: number; current: number }): Plot.Markish[] {
  const bar = (start: number, y: number, style: object): Plot.Markish =>
    Plot.rectY([{ x1: start, x2: start + wide, y }], { x1: 'x1', x2: 'x2', y: 'y', ...style });
  return [
    bar(at, missing.baseline, { fill: 'var(--area)', stroke: 'var(--area-line)' }),
    bar(at + wide, missing.current, { fill: 'var(--now)' }),
    Plot.text([{ x: at + wide, y: Math.max(missing.baseline, missing.current) }], {
      x: 'x',
      y: 'y',
      dy: -8,
      text: () => formatShare(missing.current),
    }),
    Plot.text([{ x: at + wide }], { x: 'x', frameAnchor: 'bottom', dy: 18, text: () => 'missing', fill: 'var(--muted)' }),
  ];
}

/** Whether all bins with two ends are as wide as each other. */
function evenly(bars: Bar[]): boolean {
  const widths = bars.flatMap(({ from, to }) => (from === null || to === null ? [] : [to - from]));
  return widths.every((width) => Math.abs(width - widths[0]!) <= 0.02 * Math.abs(widths[0]!));
}

/** At most five edges between bins, the outermost among them. */
function edgeTicks(bars: Bar[]): { at: number; text: string }[] {
  const edges = bars.flatMap(({ from }, i) => (from === null ? [] : [{ at: i, value: from }]));
  const last = bars.at(-1)?.to;
  if (last != null) edges.push({ at: bars.length, value: last });
  const kept = Math.min(5, edges.length);
  const chosen = Array.from({ length: kept }, (_, i) => edges[kept === 1 ? 0 : Math.round((i * (edges.length - 1)) / (kept - 1))]!);
  const texts = formatTicks(chosen.map(({ value }) => value));
  return chosen.map(({ at }, i) => ({ at, text: texts[i]! }));
}

/** Categories, the largest of either side first; the rest as one; missing last. */
export function pairs({ distribution: { bars, missing } }: ColumnReport): Pair[] {
  const sorted = bars
    .map(({ label, baseline, current }) => ({ label: label ?? 'others', baseline, current }))
    .toSorted((a, b) => Math.max(b.baseline, b.current) - Math.max(a.baseline, a.current));
  const shown = sorted.length > CATEGORIES ? sorted.slice(0, CATEGORIES - 1) : sorted;
  const rest = sorted.slice(shown.length);
  const sum = (side: 'baseline' | 'current'): number => rest.reduce((total, pair) => total + pair[side], 0);
  return [
    ...shown,
    ...(rest.length > 0 ? [{ label: `${rest.length} others`, baseline: sum('baseline'), current: sum('current') }] : []),
    ...(missing !== null && missing.baseline + missing.current > 0 ? [{ label: '(missing)', ...missing }] : []),
  ];
}

function categoryPlot(column: ColumnReport): Markup {
  const rows = pairs(column).map((pair, i) => ({ ...pair, y: i }));
  const largest = Math.max(0.01, ...rows.flatMap(({ baseline, current }) => [baseline, current]));
  const bar = (side: 'baseline' | 'current', y1: number, y2: number, style: object): Plot.Markish =>
    Plot.rectX(rows, { x1: 0, x2: side, y1: (row) => row.y + y1, y2: (row) => row.y + y2, ...style });
  return plotSvg(
    {
      ...frame(rows.length * ROW + 46, { left: 112, right: 84, bottom: 42, top: 4 }),
      x: { domain: [0, 100 * largest], percent: true, axis: null },
      y: { domain: [0, rows.length], reverse: true, axis: null },
      marks: [
        Plot.gridX({ ticks: 3, stroke: 'var(--rule)', strokeOpacity: 1 }),
        Plot.axisX({
          ticks: 3,
          tickSize: 0,
          label: 'share of rows',
          labelArrow: 'none',
          labelAnchor: 'center',
          labelOffset: 36,
          tickFormat: percentTick,
          fill: 'var(--muted)',
        }),
        bar('baseline', 0.14, 0.5, { fill: 'var(--area)', stroke: 'var(--area-line)', insetLeft: 0 }),
        bar('current', 0.5, 0.86, { fill: 'var(--now)' }),
        Plot.ruleX([0], { stroke: 'var(--muted)' }),
        Plot.text(rows, { x: 0, y: (row) => row.y + 0.5, text: (row) => shorten(visible(row.label), 15), textAnchor: 'end', dx: -8 }),
        Plot.text(rows, {
          x: (row) => Math.max(row.baseline, row.current),
          y: (row) => row.y + 0.5,
          text: change,
          textAnchor: 'start',
          dx: 6,
          fill: 'var(--muted)',
        }),
      ],
    },
    describe(column),
  );
}

/** Two digits that matter: there is no room for more. */
function short(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1';
  return share < 1 && share >= 0.995 ? '> 99' : formatNumber(share * 100, 2);
}

const change = ({ baseline, current }: Pair): string => `${short(baseline)} → ${short(current)} %`;

/** What a picture shows, in words. */
export function describe(column: ColumnReport): string {
  const { missing, bars } = column.distribution;
  const all = bars.map((bar) => ({ ...bar, name: bar.label ?? interval(bar) }));
  const most = all.toSorted((a, b) => Math.abs(b.current - b.baseline) - Math.abs(a.current - a.baseline))[0];
  const lead = `Distribution of ${column.name}, baseline and now.`;
  const largest =
    most === undefined ? '' : ` Largest change: ${most.name}, ${formatShare(most.baseline)} then, ${formatShare(most.current)} now.`;
  const absent = missing === null ? '' : ` Missing: ${formatShare(missing.baseline)} then, ${formatShare(missing.current)} now.`;
  return lead + largest + absent;
}

function interval({ from, to }: Bar): string {
  if (from === null) return to === null ? 'others' : `below ${formatNumber(to)}`;
  return to === null ? `${formatNumber(from)} and above` : `${formatNumber(from)} to ${formatNumber(to)}`;
}
