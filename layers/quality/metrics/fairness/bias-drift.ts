import { type Interval, zOf } from '../../math/intervals/index.ts';
import { normalSf } from '../../math/normal.ts';
import { CLARIFY_METRICS, type ClarifyMetric } from './clarify-codes.ts';
import type { Split } from './cross-table.ts';
import { fairnessInterval } from './fairness-intervals.ts';

/** A metric of Clarify now and in the baseline. */
export interface BiasDrift {
  metric: ClarifyMetric;
  now: number;
  before: number;
  /** Of being no farther from parity than it was; null where no interval tells. */
  pValue: number | null;
}

/** Metrics that both sides have, as Clarify reads them; the flip test needs rows, which a baseline does not keep. */
export function biasDrifts(now: Split, before: Split, seed: string): BiasDrift[] {
  return CLARIFY_METRICS.flatMap((metric): BiasDrift[] => {
    const [current, earlier] = [measured(metric, now), measured(metric, before)];
    if (current === null || earlier === null) return [];
    const values = { metric, now: current, before: earlier };
    return [{ ...values, pValue: chanceOf(values, now, before, seed) }];
  });
}

/** Clarify divides nothing by nothing, which is no measurement: without labels it has a rate of 0. */
function measured({ compute }: ClarifyMetric, split: Split): number | null {
  if (compute === null || compute(split).value === null) return null;
  const { value } = compute(split, 'clarify');
  return Number.isNaN(value) ? null : value;
}

/** Of a ratio 1 is parity, and twice as far as half. */
const away = ({ code }: ClarifyMetric, value: number): number => (code === 'DI' ? 1 - Math.min(value, 1 / value) : Math.abs(value));
const parityOf = ({ code }: ClarifyMetric): number => (code === 'DI' ? 1 : 0);

/**
 * Distances from parity compared by the intervals of both (MOVER: Zou & Donner 2008, doi:10.1002/sim.3095): the near end of now's, the far end of
 * the baseline's. Two-sided, since either side of parity is away from it.
 */
function chanceOf({ metric, now, before }: Omit<BiasDrift, 'pValue'>, split: Split, splitBefore: Split, seed: string): number | null {
  const grown = away(metric, now) - away(metric, before);
  if (!(grown > 0)) return 1;
  const [current, earlier] = [intervalOf(metric, split, `${seed} now`), intervalOf(metric, splitBefore, `${seed} before`)];
  if (current === null || earlier === null) return null;
  const parity = parityOf(metric);
  const near = current[0] <= parity && parity <= current[1] ? 0 : Math.min(...current.map((end) => away(metric, end)));
  const far = Math.max(...earlier.map((end) => away(metric, end)));
  const error = Math.hypot(Math.max(0, away(metric, now) - near), Math.max(0, far - away(metric, before))) / zOf(0.95);
  return error > 0 && Number.isFinite(error) ? Math.min(1, 2 * normalSf(grown / error)) : null;
}

const intervalOf = ({ code, compute }: ClarifyMetric, split: Split, seed: string): Interval | null =>
  compute === null ? null : fairnessInterval(code, split, (each) => compute(each, 'clarify'), seed);
