import { formatNumber } from '../contract/format.ts';
import { type Facet, type GroupColumn, groupNameOf, isInterval } from '../contract/outcomes.ts';
import { groupTextSql } from '../engine/outcome-sql.ts';
import { countedSql, physicalOf } from '../engine/source-sql.ts';
import type { PlanRequest } from './plan-outcomes.ts';

const MOST_VALUES = 1000;
/** Rows behind a value that makes a group: fewer would be somebody. */
const FEWEST_OF_VALUE = 5;

/** The groups of facets, segments and the group variable, each column once; as they were in the baseline where it had them. */
export async function groupColumns(
  request: PlanRequest,
  facets: Facet[],
  names: string[],
  groupVariable: string | null,
): Promise<GroupColumn[]> {
  const groups: GroupColumn[] = [];
  const add = async (name: string, make: () => Promise<GroupColumn>): Promise<void> => {
    if (groups.some((group) => group.name === name)) return;
    groups.push(request.before?.groups.find((group) => group.name === name) ?? (await make()));
  };
  // Strata are never shown: every value of the group variable counts, however rare, also where it makes groups of its own.
  if (groupVariable !== null)
    await add(groupVariable, async () => ({
      ...{ name: groupVariable, column: groupVariable, interval: null },
      values: await distinctValues(request, groupVariable, 1),
    }));
  for (const facet of facets) {
    const name = groupNameOf(facet);
    const { column, above, upTo } = facet;
    await add(name, async () =>
      isInterval(facet)
        ? { name, column, values: [name, 'others'], interval: { above, upTo } }
        : { name, column, values: await valuesOf(request, column), interval: null },
    );
  }
  for (const name of names) await add(name, async () => ({ name, column: name, values: await valuesOf(request, name), interval: null }));
  return groups;
}

/** The values told apart: those the baseline knows, else the most frequent. In order of name, so that order of rows does not matter. */
async function valuesOf(request: PlanRequest, name: string): Promise<string[]> {
  const known = request.own ? undefined : request.cuts.get(name)?.context.categories;
  return known === undefined ? distinctValues(request, name, FEWEST_OF_VALUE) : [...known].sort();
}

async function distinctValues({ database, source, columns }: PlanRequest, name: string, fewest: number): Promise<string[]> {
  const text = groupTextSql(name, physicalOf(source, name), columns);
  const rows = await database.rows<{ v: string }>(
    `SELECT v FROM (SELECT ${text} AS v, sum(n) AS n FROM ${countedSql(source, name)} GROUP BY 1) WHERE v IS NOT NULL AND n >= ${fewest} ORDER BY n DESC, v LIMIT ${MOST_VALUES}`,
  );
  return rows.map(({ v }) => v).sort();
}

export function groupNotes(groups: GroupColumn[]): string[] {
  return groups.flatMap(({ name, values }) => {
    if (values.length >= MOST_VALUES) return [`${name} has more than ${formatNumber(MOST_VALUES)} values: the others are in no group.`];
    return values.length === 0 ? [`No value of ${name} has ${FEWEST_OF_VALUE} rows: it makes no groups.`] : [];
  });
}
