import { expect, it } from 'vitest';
import { performanceChecks } from '../../layers/quality/checks/performance.ts';
import type { PerformanceMetric, Slice } from '../../layers/quality/metrics/performance/index.ts';
import { draws } from '../checks/draw.ts';
import { FLAGS, fallen, judge } from './judge.ts';
import { loanRows, type Row } from './rows.ts';

/** Labels turned about in a share of the rows, so that the score is of as much less use. */
function harder(rows: readonly Row[], share: (row: number) => number): Row[] {
  const { uniform } = draws(5);
  return rows.map((row, i) => (uniform() < share(i) ? { ...row, label: 1 - Number(row.label) } : row));
}

/** A baseline of 20 parts, each second one hard. */
const PARTS = harder(loanRows(8000, 7), (row) => (Math.floor(row / 400) % 2 === 0 ? 0 : 0.3));

it('a window as hard as each second part of the baseline fails no segment: of its losses and curves the chunks of all rows tell', async () => {
  expect(
    fallen(
      await judge(
        harder(loanRows(3000, 11), () => 0.3),
        FLAGS,
        {},
        PARTS,
      ),
    ),
  ).toEqual([]);
});

it('labels that are of no use at all fail all the same', async () => {
  const found = fallen(
    await judge(
      harder(loanRows(3000, 11), () => 0.9),
      FLAGS,
      {},
      PARTS,
    ),
  );
  expect(found.filter((id) => /^performance\/(brier_score|roc_auc)@/.test(id)).length).toBeGreaterThan(2);
});

const share = (hits: number, rows: number): Slice => ({ counts: { hits, rows } }) as unknown as Slice;
const RATE = {
  ...{ id: 'accuracy', problem: 'binary', better: 'high', segments: true, check: { warn: 0.02, fail: 0.05 } },
  compute: ({ counts }: Slice) => ({ value: (counts as unknown as { hits: number }).hits / counts.rows }),
  fraction: ({ counts }: Slice) => [(counts as unknown as { hits: number }).hits, counts.rows],
  interval: () => null,
} as unknown as PerformanceMetric;

it('a segment too much divided for chunks of its own has the spread of all rows', () => {
  const options = { settings: {}, minimumRows: 30, falseAlarmRate: 0.01 };
  const all = Array.from({ length: 40 }, (_, chunk) => share(chunk % 2 === 0 ? 950 : 850, 1000));
  const of = { now: share(850, 1000), before: share(9000, 10_000), chunks: [], segment: 'store=17', classes: [] };
  const pValue = (evidence: typeof of & { all?: Slice[] }): number => performanceChecks([RATE], evidence, options)[0]!.measurement!.pValue!;
  expect(pValue(of)).toBeLessThan(1e-5);
  expect(pValue({ ...of, all })).toBeGreaterThan(0.05);
});
