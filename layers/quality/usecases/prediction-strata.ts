import { predictionStrata, strataEdges } from '../metrics/performance/index.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import type { OutcomeSide } from './outcome-side.ts';

interface Sampled {
  side: OutcomeSide;
  sample: RowSample | null;
}

/** Tells the sampled rows of a regression apart by tenths of the baseline's predictions, on both sides; not where rows are weighted, or of one side there are none. */
export function addStrata(now: Sampled, before: Sampled): void {
  if (now.side.plan.problem !== 'regression' || now.sample === null || before.sample === null) return;
  if (now.side.plan.weight !== null || before.side.plan.weight !== null) return;
  const edges = strataEdges(before.sample.predictions);
  for (const { side, sample } of [now, before]) side.whole.strata = predictionStrata(edges, sample!.labels, sample!.predictions);
}
