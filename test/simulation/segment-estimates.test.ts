import { expect, it } from 'vitest';
import { draws } from '../checks/draw.ts';
import { FLAGS, lab, write } from '../outcomes/judge.ts';
import { outcomeChecks } from '../outcomes/lab.ts';
import { changed, type LoanRow, loanRows, type Row } from '../outcomes/rows.ts';

const WINDOWS = Number(process.env.ASSAY_WINDOWS ?? 6);
const OF_SEGMENTS = { ...FLAGS, segment: ['region', 'branch'] };
const none = { label: null } as Row;

/** Loans of three regions and eight branches of 6 to 35 % of the rows; in one region scores mean half as much as elsewhere. */
function loans(n: number, seed: number): LoanRow[] {
  const { uniform } = draws(7 * seed + 3);
  return changed(loanRows(n, seed), ({ region, score }) => {
    const chance = 0.5 + (region === 'N' ? 0.5 : 1) * (score - 0.5);
    return { branch: `b${Math.floor(uniform() ** 2 * 8)}`, label: uniform() < chance ? 1 : 0 };
  });
}

/** Which rows of the baseline have a label. */
const BASELINES: [name: string, labelled: (row: LoanRow, i: number) => boolean][] = [
  ['all rows', () => true],
  ['every other row', (_, i) => i % 2 === 0],
  ['rows predicted positive and a tenth of the others', ({ prediction }, i) => prediction === 1 || i % 10 === 0],
  ['the surer rows and a fifth of the others', ({ score }, i) => Math.abs(score - 0.5) > 0.25 || i % 5 === 0],
];

it.each(BASELINES)(
  'segments of unlabelled windows against a baseline with labels of %s: none fails or warns, and intervals hold what came',
  async (name, labelled) => {
    const before = await lab.baseline(write(changed(loans(12_000, 1), (row, i) => (labelled(row, i) ? {} : none))), OF_SEGMENTS, {});
    const alarms: string[] = [];
    let [held, told] = [0, 0];
    for (let window = 0; window < WINDOWS; window++) {
      const rows = loans([600, 1500, 4000][window % 3]!, 100 + window);
      const report = await lab.check(before, write(changed(rows, () => none)), OF_SEGMENTS, {});
      for (const { id, verdict } of outcomeChecks(report)) if (verdict === 'fail' || verdict === 'warn') alarms.push(id);
      for (const { metric, segment, interval } of report.metrics) {
        if (metric !== 'estimated_accuracy' || segment === null) continue;
        const [column, value] = segment.split('=');
        const own = rows.filter((row) => row[column!] === value);
        const accuracy = own.filter(({ label, prediction }) => label === prediction).length / own.length;
        told += 1;
        held += Number(interval![0]) <= accuracy && accuracy <= Number(interval![1]) ? 1 : 0;
      }
    }
    if (process.env.ASSAY_WINDOWS !== undefined) console.log(name, { alarms, held, told });
    expect([alarms, told > 5 * WINDOWS, held / told > 0.9]).toEqual([[], true, true]);
  },
);
