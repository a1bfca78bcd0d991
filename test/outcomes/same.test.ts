import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { quoteText } from '../../layers/quality/engine/database.ts';
import { type Flags, faultsOf, type More, outcomeChecks, outcomeLab, outcomeRows } from './lab.ts';
import { changed, type LoanRow, loanRows } from './rows.ts';

const lab = outcomeLab();
const COLUMNS = Object.keys(loanRows(1)[0]!);
const table = (rows: readonly LoanRow[]): string =>
  lab.csv(
    COLUMNS,
    rows.map((row) => COLUMNS.map((name) => row[name])),
  );

const BINARY: Flags = {
  label: 'label',
  prediction: 'prediction',
  score: ['score'],
  id: 'id',
  facet: ['sex', 'x=..40'],
  segment: ['region', 'region,sex'],
};
const worlds: [string, Flags, More, (rows: readonly LoanRow[]) => LoanRow[]][] = [
  [
    'a binary problem',
    BINARY,
    { groupVariable: 'region' },
    (rows) => changed(rows, ({ label }, i) => ({ label: i % 11 === 0 ? null : label })),
  ],
  ['a weighted binary problem', { ...BINARY, weight: 'weight' }, {}, (rows) => changed(rows, ({ weight }) => ({ weight: weight * 0.37 }))],
  [
    'a binary problem without labels now',
    BINARY,
    {},
    (rows) => changed(rows, ({ label, x }) => ({ label: rows.length === 3000 ? null : label, x: rows.length === 3000 ? x / 2 : x })),
  ],
  [
    'several classes',
    { label: 'label', prediction: 'prediction', id: 'id', segment: ['region'] },
    {},
    (rows) => changed(rows, ({ x, label }) => ({ label: `c${(x + label) % 4}`, prediction: `c${x % 4}` })),
  ],
  [
    'a regression',
    { label: 'label', prediction: 'prediction', problem: 'regression', id: 'id', segment: ['region'] },
    {},
    (rows) => changed(rows, ({ x, score }) => ({ label: x * 1.37 + score, prediction: x * 1.3 })),
  ],
];

/** Differences of everything said of outcomes; intervals that are drawn follow the files, and are left out. */
function differences(a: Report, b: Report, tolerance: number): string[] {
  const key = ({ metric, facet, segment, parameters, code }: Report['metrics'][number]): string =>
    JSON.stringify([metric, facet, segment, parameters, code]);
  const [x, y] = [outcomeRows(a), outcomeRows(b)];
  if (JSON.stringify(x.map(key)) !== JSON.stringify(y.map(key))) return ['other metrics, or in another order'];
  const far = (p: unknown, q: unknown): boolean =>
    p === null || q === null ? p !== q : !(Math.abs(Number(p) - Number(q)) <= tolerance * Math.max(1, Math.abs(Number(p))) || p === q);
  return [
    ...x.flatMap((row, i) =>
      far(row.value, y[i]!.value) || row.rows !== y[i]!.rows ? [`${key(row)}: ${row.value} ≠ ${y[i]!.value}`] : [],
    ),
    ...outcomeChecks(a).flatMap((check, i) => {
      const other = outcomeChecks(b)[i];
      if (other?.id !== check.id || other.verdict !== check.verdict)
        return [`${check.id} ${check.verdict} ≠ ${other?.id} ${other?.verdict}`];
      return far(check.effect, other.effect) ? [`${check.id}: effect ${check.effect} ≠ ${other.effect}`] : [];
    }),
  ];
}

describe.each(worlds)('%s', (_, flags, more, change) => {
  let [whole, parts]: [string, string[]] = ['', []];
  let base = '';
  beforeAll(async () => {
    base = table(change(loanRows(4000, 7)));
    whole = table(change(loanRows(3000, 11)));
    // In an order of chance, in seven files of different sizes.
    const shuffled = `SELECT *, row_number() OVER (ORDER BY hash(id || 'salt')) AS place FROM read_csv(${quoteText(whole)}, all_varchar = true)`;
    const bounds = [0, 1, 40, 600, 601, 1500, 2900, 3000];
    parts = await Promise.all(
      bounds
        .slice(1)
        .map((to, i) =>
          lab.parquet(`SELECT * EXCLUDE (place) FROM (${shuffled}) WHERE place > ${bounds[i]} AND place <= ${to} ORDER BY place`),
        ),
    );
  });
  it('one file and seven shuffled part files say the same, to 1e-12', async () => {
    const before = await lab.baseline(base, flags, more);
    const [one, seven] = [await lab.check(before, whole, flags, more), await lab.check(before, parts, flags, more)];
    expect(differences(one, seven, 1e-12)).toEqual([]);
    expect(differences(one, await lab.check(before, [...parts].reverse(), flags, more), 1e-12)).toEqual([]);
    expect([...faultsOf(one), ...faultsOf(seven)]).toEqual([]);
  });
  it('a repeated run says the same, byte for byte', async () => {
    const runs = [];
    for (let run = 0; run < 3; run++) runs.push(JSON.stringify(await lab.check(await lab.baseline(base, flags, more), whole, flags, more)));
    expect(runs[1]).toBe(runs[0]);
    expect(runs[2]).toBe(runs[0]);
  });
});
