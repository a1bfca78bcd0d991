import type { FairnessSection, PerformanceSection } from '../contract/outcome-report.ts';
import { formatNumber } from './format.ts';

/** "positive is yes, predicted from a score of 0.5"; null unless the classes are two. */
export function positiveText({ problem, positive, threshold }: PerformanceSection): string | null {
  if (problem !== 'binary' || positive.length === 0) return null;
  return `positive is ${positive.join(', ')}${threshold === null ? '' : `, ${decidedFrom(threshold)}`}`;
}

export const decidedFrom = (threshold: number): string => `predicted from a score of ${formatNumber(threshold)}`;

/** "a prediction of yes counts as favourable". */
export const favourableText = (side: FairnessSection['favourable'], positive: string[]): string =>
  `${side === 'positive' ? 'a prediction of' : 'any prediction but'} ${classText(positive)} counts as favourable`;

export const classText = (positive: string[]): string => positive.join(', ') || 'the positive class';

/** "each row counts by its weight (w)"; null where each counts as one. */
export const weightText = ({ weight }: PerformanceSection): string | null =>
  weight === undefined ? null : `each row counts by its weight (${weight})`;

/** What stands in parentheses beside a value. */
export const boundsLegend = (label: string): string => `(… to …): ${label}`;

export const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
