import type { Column } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { allDone } from '../engine/all-done.ts';
import type { Database } from '../engine/database.ts';
import type { Cut } from '../engine/make-cuts.ts';
import type { Source } from '../engine/scan-plan.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { edgesOf } from './build-baseline.ts';
import { type CountedOutcomes, countOutcomes } from './count-outcomes.ts';
import { flipTests } from './flip-tests.ts';
import { sampleRows } from './sample-rows.ts';

/** What labels, predictions, scores and groups of a table come to. */
export interface CountedBatch {
  counted: CountedOutcomes | null;
  /** Rows to explain a gap of scores between groups by, or to estimate several classes from. */
  sample: RowSample | null;
  /** The flip test of each group, where it was made. */
  flips: Map<string, Outcome>;
}

export interface CountBatchRequest {
  database: Database;
  source: Source;
  columns: Column[];
  cuts: Map<string, Cut>;
  plan: OutcomePlan | null;
  rows: number;
  /** Whether all features are there: a gap between groups is explained by all of them, or not at all. */
  complete: boolean;
}

const SAMPLED = 20_000;

export const nothingCounted = (): CountedBatch => ({ counted: null, sample: null, flips: new Map() });

export async function countBatch({ plan, cuts, rows, complete, ...table }: CountBatchRequest): Promise<CountedBatch> {
  if (plan === null) return nothingCounted();
  const beside = needsSample(plan, complete) ? await table.database.beside() : null;
  try {
    const [counted, sample] = await allDone([
      countOutcomes({ ...table, plan, edges: edgesOf(plan, cuts), chunks: null }),
      beside && sampleRows({ ...table, database: beside, plan, cuts, rows, most: SAMPLED }),
    ]);
    return { counted, sample, flips: complete ? await flipTests({ ...table, plan, rows }) : new Map() };
  } finally {
    beside?.close();
  }
}

const needsSample = ({ scores, problem, facets }: OutcomePlan, complete: boolean): boolean =>
  scores.length > 0 && (problem === 'multiclass' || (complete && problem === 'binary' && facets.length > 0));
