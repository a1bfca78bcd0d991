import { formatShare } from '../format.ts';
import { intervalInUnit } from '../measures.ts';
import { escapeHtml, type Markup, raw } from './escape.ts';

const TRACK = 120;

const at = (share: number): string => String(Number((Math.min(1, Math.max(0, share)) * TRACK).toFixed(1)));

export interface IntervalBar {
  value: number;
  low: number;
  high: number;
  /** The baseline's value: a grey tick. */
  baseline: number | null;
  /** Four fifths of the most favoured group's share: a line below which the rule is broken. */
  bound: number | null;
}

/** A share with its interval on a track from 0 to 1. */
export function intervalBar({ value, low, high, baseline, bound }: IntervalBar): Markup {
  const then = baseline === null ? '' : `<path d="M${at(baseline)},1v12" class="then"/>`;
  const line = bound === null ? '' : `<path d="M${at(bound)},0v14" class="bound"/>`;
  const width = Math.max(1, Number(at(high)) - Number(at(low)));
  const label = `${formatShare(value)}, 95 % interval ${intervalInUnit([low, high], 'share')}${baseline === null ? '' : `, ${formatShare(baseline)} in the baseline`}`;
  return raw(
    `<svg class="interval" viewBox="0 0 ${TRACK} 14" role="img" aria-label="${escapeHtml(label)}"><path d="M0,7h${TRACK}" class="axis"/>${line}${then}` +
      `<path d="M${at(low)},4h${Number(width.toFixed(1))}v6h-${Number(width.toFixed(1))}z" class="range"/><circle cx="${at(value)}" cy="7" r="2.5" class="value"/></svg>`,
  );
}
