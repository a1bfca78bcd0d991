import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomePlan } from '../../layers/quality/contract/outcomes.ts';
import { countBlock, countScores, NO_SLOT, type OutcomeBlock, placeSlots } from '../../layers/quality/profile/outcomes/count-block.ts';
import { planCounting, sumCells } from '../../layers/quality/profile/outcomes/counting-plan.ts';
import { type GroupTable, groupTable } from '../../layers/quality/profile/outcomes/group-table.ts';
import { noOutcomes, sizeOf } from '../../layers/quality/profile/outcomes/outcomes.ts';

const group = (name: string, values: number) => ({
  name,
  column: name,
  values: Array.from({ length: values }, (_, i) => `v${i}`),
  interval: null,
});
const facet = (column: string) => ({ column, values: null, above: null, upTo: null });
const plan = {
  ...{ problem: 'binary', label: 'label', prediction: 'prediction', scores: [{ column: 'score', class: null }], weight: null },
  ...{ classes: ['0'], positive: ['1'], threshold: 0.5, favourable: 'positive', groupVariable: null },
  groups: [group('a', 2), group('b', 3), group('c', 4), group('many', 98), group('d', 5)],
  facets: [facet('a'), facet('b'), facet('c')],
  segments: [['d'], ['many'], ['a'], ['a', 'd']],
} as OutcomePlan;
const EDGES = Float64Array.of(0.25, 0.5, 0.75);

const rowsOf = fc.array(
  fc.tuple(
    ...plan.groups.map((_, k) => fc.nat(sizeOf(plan, k) - 1)),
    fc.nat(8),
    fc.nat(3),
    fc.constantFrom(0, 1, 2, 3, NO_SLOT),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  { maxLength: 200 },
);

function blockOf(rows: number[][]): OutcomeBlock {
  const [cell, bin, slot, score] = [5, 6, 7, 8].map((at) => rows.map((row) => row[at]!)) as [number[], number[], number[], number[]];
  const ones = rows.map(() => 1);
  const bins = { bin: Uint16Array.from(bin), binAt: new Int32Array(rows.length), slotAt: new Int32Array(rows.length) };
  placeSlots(bins, Uint8Array.from(slot), rows.length);
  return {
    ...bins,
    ...{ rows: rows.length, weight: Float64Array.from(ones), counts: Uint8Array.from(ones), judged: Uint8Array.from(ones) },
    ...{ cell: Uint16Array.from(cell), slot: Uint8Array.from(slot), score: Float64Array.from(score) },
    ...{ label: new Float64Array(0), error: new Float64Array(0), classScores: [], lost: null, places: new Int32Array(rows.length) },
    groups: plan.groups.map((_, k) => Uint16Array.from(rows, (row) => row[k]!)),
  };
}

describe('tables summed from others', () => {
  it('hold what counting each row by row gives', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const block = blockOf(rows as number[][]);
        const [direct, planned] = [noOutcomes('id', plan, EDGES).tables, noOutcomes('id', plan, EDGES).tables];
        for (const table of direct) countBlock(table, block, 'classes');
        const { counted, summed } = planCounting(plan, planned);
        for (const table of counted) countBlock(table, block, 'classes');
        for (const { table, of } of summed) {
          countScores(table, block, 'classes');
          sumCells(table, of);
        }
        expect(planned).toEqual(direct);
      }),
      { numRuns: 25 },
    );
  });

  it('are most of them, and every table is counted or summed', () => {
    const { tables } = noOutcomes('id', plan, EDGES);
    const { counted, summed } = planCounting(plan, tables);
    expect(counted.length).toBeLessThan(tables.length / 2);
    for (const table of tables) expect(counted.includes(table) !== summed.some((each) => each.table === table)).toBe(true);
  });

  it('of equal columns one is counted', () => {
    const [one, two]: GroupTable[] = [groupTable([0], [4], 11, 0), groupTable([0], [4], 11, 0)];
    const { counted, summed } = planCounting({ ...plan, facets: [], segments: [] }, [one!, two!]);
    expect([counted, summed]).toEqual([[one], [{ table: two, of: one }]]);
  });
});
