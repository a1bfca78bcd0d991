import { flipRowsOf } from '../clarify/flip-rows-of.ts';
import type { Column } from '../contract/columns.ts';
import { groupNameOf, isInterval, type OutcomePlan } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { counterfactualFlipTest, type Flips } from '../metrics/fairness/index.ts';
import { noValue } from '../metrics/outcome.ts';

/** Rows times groups that are searched for neighbours in every check: a second or so. */
const MOST_SEARCHED = 20_000;

export const NOT_SEARCHED = `rows in all groups are more than ${MOST_SEARCHED.toLocaleString('en')}: --analysis-config searches up to 100,000`;

export interface FlipRequest {
  database: Database;
  source: Source;
  columns: Column[];
  plan: OutcomePlan | null;
  rows: number;
}

/** The flip test of each group a facet names or tells apart, by numeric features, where rows are few enough; by group column and values. */
export async function flipTests({ database, source, columns, plan, rows }: FlipRequest): Promise<Map<string, Flips>> {
  const found = new Map<string, Flips>();
  if (plan === null || plan.problem !== 'binary') return found;
  const groups = plan.facets.flatMap((facet) => {
    const column = groupNameOf(facet);
    if (isInterval(facet)) return [{ column, values: [column] }];
    if (facet.values !== null) return [{ column, values: facet.values }];
    return plan.groups.find(({ name }) => name === column)!.values.map((value) => ({ column, values: [value] }));
  });
  for (const group of groups) {
    const read =
      rows * groups.length > MOST_SEARCHED ? NOT_SEARCHED : await flipRowsOf(database, source, columns, plan, group, 'leave out');
    found.set(flipKey(group), typeof read === 'string' ? noValue(read) : counterfactualFlipTest(read));
  }
  return found;
}

export const flipKey = ({ column, values }: { column: string; values: string[] }): string => JSON.stringify([column, values]);
