import { formatNumber } from '../contract/format.ts';
import type { ColumnSide } from '../profile/column-side.ts';
import { estimateDistinct } from '../states/bottom-k.ts';
import type { Diagnosis } from './causes.ts';
import { type ColumnCase, has } from './evidence.ts';

/** Different values of a baseline from which on a tenth of them, or of the half of the rows, are few. */
const MANY = 50;
const FEW = 0.1;

/** Numbers of which far fewer different ones come than so many rows of the baseline had: rounded, or in bands. */
export function coarser(of: ColumnCase): Diagnosis | null {
  const { current, baseline } = of;
  if (!has(of, 'drift') || !current?.moments || !baseline?.moments) return null;
  const [now, before] = [distinctOf(current), distinctOf(baseline)];
  if (now === null || before === null || before.count < MANY) return null;
  if (!(now.count <= FEW * Math.min(before.count, current.tally.present / 2))) return null;
  const said = ({ count, exact }: Distinct): string => `${exact ? '' : 'about '}${formatNumber(Math.round(count))}`;
  return { cause: 'shift', title: `${of.name} drifted: ${said(now)} different values, ${said(before)} in the baseline: rounded?` };
}

interface Distinct {
  count: number;
  exact: boolean;
}

function distinctOf({ distinct, tally }: ColumnSide): Distinct | null {
  if (distinct === undefined) return null;
  const { distinct: count, exact } = estimateDistinct(distinct);
  return { count: Math.min(count, tally.present), exact };
}
