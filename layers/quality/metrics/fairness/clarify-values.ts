import { noValue, type Outcome } from '../outcome.ts';
import { CLARIFY_METRICS, type ClarifyMetric } from './clarify-codes.ts';
import { counterfactualFlipTest } from './counterfactual-flip-test.ts';
import type { Split } from './cross-table.ts';
import type { FlipRows } from './flip-rows.ts';
import { predictionsOf, sumCounts } from './group-counts.ts';
import { emptySide, type Reading } from './reading.ts';

const NOBODY_CHOSEN = 'No Label values are present in the predicted Label Column,Positive Predicted Index Series contains all False values';

/** A metric's answer for one facet. */
export interface ClarifyValue extends Outcome {
  metric: ClarifyMetric;
}

/**
 * All 21 metrics of one facet, in Clarify's order. The flip test needs rows: without them, or for a reason they come with, it is null. Without a
 * positive prediction Clarify gives up on everything after training; here each such metric says so, as it does on its own by default.
 */
export function clarifyValues(split: Split, rows: FlipRows | string, reading: Reading = 'default'): ClarifyValue[] {
  const nobody = predictionsOf(sumCounts([split.facet, split.rest])).positive === 0;
  return CLARIFY_METRICS.map((metric) => {
    if (reading === 'clarify' && nobody && metric.stage === 'post_training') return { metric, ...noValue(NOBODY_CHOSEN) };
    if (metric.compute !== null) return { metric, ...metric.compute(split, reading) };
    if (typeof rows !== 'string') return { metric, ...counterfactualFlipTest(rows, reading) };
    return { metric, ...((reading === 'clarify' ? emptySide(split, reading) : null) ?? noValue(rows)) };
  });
}
