import { formatNumber } from '../format.ts';
import { type ColumnView, driftRatio } from '../view.ts';
import { describe, pairs } from './chart.ts';
import { escapeHtml, type Markup, raw } from './escape.ts';

const WIDTH = 72;
const HEIGHT = 24;

const at = (value: number): string => String(Number(value.toFixed(1)));

/** Both distributions in a table row: the baseline a grey area or bar, the current one a line or a coloured bar. */
export function mini({ column }: ColumnView): Markup | null {
  const { kind, bars } = column.distribution;
  if (kind === 'none' || bars.length === 0) return null;
  const body = kind === 'number' ? steps(bars) : columns(pairs(column).slice(0, 8));
  return picture(describe(column), body);
}

const picture = (label: string, body: string): Markup =>
  raw(`<svg class="mini" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">${body}</svg>`);

interface Both {
  baseline: number;
  current: number;
}

const scale = (bars: Both[]): ((share: number) => string) => {
  const most = Math.max(1e-9, ...bars.flatMap(({ baseline, current }) => [baseline, current]));
  return (share) => at(HEIGHT - 1 - (share / most) * (HEIGHT - 3));
};

function steps(bars: Both[]): string {
  const y = scale(bars);
  const wide = WIDTH / bars.length;
  const line = (side: keyof Both): string => bars.map((bar, i) => `${i === 0 ? 'M0,' : 'V'}${y(bar[side])}H${at((i + 1) * wide)}`).join('');
  const floor = HEIGHT - 1;
  return `<path d="${line('baseline')}V${floor}H0Z" fill="var(--area)"/><path d="${line('current')}" fill="none" stroke="var(--now)" stroke-width="1.5"/>`;
}

function columns(bars: Both[]): string {
  const y = scale(bars);
  const wide = Math.min(12, WIDTH / bars.length);
  const bar = (x: number, share: number, fill: string): string => {
    const from = y(share);
    return `<path d="M${at(x)},${from}h${at(wide * 0.4)}V${HEIGHT - 1}h-${at(wide * 0.4)}z" fill="var(--${fill})"/>`;
  };
  return bars.map(({ baseline, current }, i) => bar(i * wide, baseline, 'area') + bar(i * wide + wide * 0.4, current, 'now')).join('');
}

const TRACK = 96;

/** Drift on a track that ends at twice the threshold, a tick where it fails; beyond the end it is cut with an arrow. */
export function driftBar(view: ColumnView): Markup | null {
  const ratio = driftRatio(view);
  const { drift } = view;
  if (ratio < 0 || drift === null || drift.measure.judged === null) return null;
  const { threshold, verdict } = drift.check;
  const bound = (threshold?.fail ?? threshold?.warn)!;
  const beyond = ratio > 2;
  const length = (Math.min(ratio, 2) / 2) * TRACK;
  const warn =
    threshold?.warn == null || threshold.fail === null
      ? ''
      : `<path d="M${at((threshold.warn / bound / 2) * TRACK)},3v6" class="tick soft"/>`;
  const end = beyond ? `<path d="M${TRACK},1l6,5l-6,5z" class="fill ${verdict}"/>` : '';
  const label = `Drift ${formatNumber(drift.measure.judged)}, threshold ${formatNumber(bound)}`;
  return raw(
    `<svg class="track" viewBox="0 0 ${TRACK + 6} 12" role="img" aria-label="${label}"><path d="M0,4h${TRACK}v4H0z" fill="var(--rule)"/>` +
      `<path d="M0,3h${at(Math.max(1, length))}v6H0z" class="fill ${verdict}"/>${end}${warn}<path d="M${TRACK / 2},0v12" class="tick"/></svg>`,
  );
}
