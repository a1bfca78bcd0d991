import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as fairness from '../../layers/quality/metrics/fairness/index.ts';

describe('intersections', () => {
  const facets = ['a', 'b', 'c', 'd'];
  const rows = fc.array(fc.tuple(...facets.map(() => fc.constantFrom('x', 'y', null))), { maxLength: 60 });
  it('are all groups with the minimum of rows, found breadth first', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 8 }), (values, minimumRows) => {
        const table = fairness.crossTable(facets);
        for (const row of values) fairness.countRow(fairness.cellAt(table, row), true, true);
        const found = fairness.intersections(table, facets, { minimumRows }).groups;
        const key = (group: fairness.Intersection): string => JSON.stringify([group.values, group.counts.rows]);
        expect(found.map(key).sort()).toEqual(everyGroup(values, facets, minimumRows).sort());
        expect(found.map((group) => group.values.length)).toEqual(found.map((group) => group.values.length).sort());
      }),
    );
  });
  it('stop at a depth and at a number of groups', () => {
    const table = fairness.crossTable(facets);
    for (const row of [
      ['x', 'x', 'x', 'x'],
      ['y', 'y', 'y', 'y'],
    ])
      fairness.countRow(fairness.cellAt(table, row), true, true);
    expect(fairness.intersections(table, facets, { minimumRows: 1, depth: 2 }).groups).toHaveLength(8 + 12);
    expect(fairness.intersections(table, facets, { minimumRows: 1, maximumGroups: 10 })).toMatchObject({
      truncated: true,
      groups: { length: 8 },
    });
    expect(fairness.intersections(table, facets, { minimumRows: 2 })).toMatchObject({ tooSmall: 8, groups: [] });
    expect(fairness.intersectionName(fairness.intersections(table, facets, { minimumRows: 1 }).groups[8]!)).toBe('x | x');
  });
});

/** By going through every subset of the facets. */
function everyGroup(values: (string | null)[][], facets: string[], minimum: number): string[] {
  const counts = new Map<string, number>();
  for (const row of values)
    for (let mask = 1; mask < 2 ** facets.length; mask++) {
      const part = facets.flatMap((facet, i) => (mask & (1 << i) ? [[facet, row[i]!]] : []));
      if (part.every(([, value]) => value !== null)) counts.set(JSON.stringify(part), (counts.get(JSON.stringify(part)) ?? 0) + 1);
    }
  return [...counts].filter(([, rows]) => rows >= minimum).map(([part, count]) => JSON.stringify([JSON.parse(part), count]));
}
