import type { Column } from '../contract/columns.ts';
import type { OutcomePlan } from '../contract/outcomes.ts';
import { allDone } from '../engine/all-done.ts';
import type { Database } from '../engine/database.ts';
import { streamKept } from '../engine/group-stream.ts';
import type { Cut } from '../engine/make-cuts.ts';
import { classTextSql, isOneOf } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, sourceSql } from '../engine/source-sql.ts';
import type { Flips } from '../metrics/fairness/counterfactual-flip-test.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { edgesOf } from './build-baseline.ts';
import { type CountedOutcomes, countOutcomes } from './count-outcomes.ts';
import { flipTests } from './flip-tests.ts';
import { planSample, type Sampling } from './sample-rows.ts';

/** What labels, predictions, scores and groups of a table come to. */
export interface CountedBatch {
  counted: CountedOutcomes | null;
  /** Rows to explain a gap of scores between groups by, or to estimate several classes from, or by what of a regression is labelled. */
  sample: RowSample | null;
  /** The flip test of each group, where it was made. */
  flips: Map<string, Flips>;
  /** Labels of no known class, the most frequent first. */
  strangers: string[];
}

export interface BatchTable {
  database: Database;
  source: Source;
  columns: Column[];
  cuts: Map<string, Cut>;
  plan: OutcomePlan | null;
  rows: number;
  /** Whether all features are there: a gap between groups is explained by all of them, or not at all. */
  complete: boolean;
}

export const nothingCounted = (): CountedBatch => ({ counted: null, sample: null, flips: new Map(), strangers: [] });

/** All but the sample, which a pass over all columns keeps on its way. */
export async function countBatch({ plan, cuts, rows, complete, ...table }: BatchTable): Promise<CountedBatch> {
  if (plan === null) return nothingCounted();
  const counted = await countOutcomes({ ...table, plan, edges: edgesOf(plan, cuts), chunks: null });
  const strangers = counted.outcomes.facts.unknownLabels > 0 ? await unknownLabels(table, plan) : [];
  return { counted, sample: null, flips: complete ? await flipTests({ ...table, plan, rows }) : new Map(), strangers };
}

const MOST_NAMED = 3;

async function unknownLabels({ database, source }: Pick<BatchTable, 'database' | 'source'>, plan: OutcomePlan): Promise<string[]> {
  const physical = physicalOf(source, plan.label!);
  const known = isOneOf(plan.label!, [...plan.classes, ...plan.positive], physical);
  const rows = await database.rows<{ v: string }>(
    `SELECT v FROM (SELECT ${classTextSql(plan.label!, physical)} AS v FROM ${sourceSql(source, null)} WHERE NOT ${known}) WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT ${MOST_NAMED}`,
  );
  return rows.map(({ v }) => v);
}

/** With the sample, read beside the count. */
export async function countWithSample(table: BatchTable): Promise<CountedBatch> {
  const sampling = await batchSampling(table);
  if (sampling === null) return countBatch(table);
  const beside = await table.database.beside();
  try {
    const [counted, kept] = await allDone([countBatch(table), streamKept(beside, sourceSql(table.source, null), sampling.keeping)]);
    return { ...counted, sample: sampling.sampleOf(kept) };
  } finally {
    beside.close();
  }
}

/** How a batch is sampled; null where nothing needs it. */
export const batchSampling = async ({ plan, complete, ...table }: BatchTable): Promise<Sampling | null> =>
  plan !== null && needsSample(plan, complete) ? planSample({ ...table, plan }) : null;

function needsSample({ scores, problem, facets, segments, label }: OutcomePlan, complete: boolean): boolean {
  if (problem === 'regression') return label !== null || segments.length > 0;
  return scores.length > 0 && (problem === 'multiclass' || (complete && facets.length > 0));
}
