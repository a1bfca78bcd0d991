import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, parquetTable, quoteName } from '../../layers/quality/engine/database.ts';
import { delong, delongPaired, delongUnpaired, hanleyMcNeil, labelledScores } from '../../layers/quality/math/intervals/index.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases } from '../reference/cases.ts';

const Z = 1.959963984540054;
const around = (value: number, variance: number): [number, number] => [value - Z * Math.sqrt(variance), value + Z * Math.sqrt(variance)];

/** What differs. NaN there is null here; under perfect separation we give no interval, as the file's conventions say one should. */
function differences(got: Record<string, number | null | number[]>, { expected, tolerance }: Case): string[] {
  return Object.entries(expected as Record<string, unknown>).flatMap(([key, goal]) =>
    [goal].flat().flatMap((each, i) => {
      const value = got[key];
      return mismatch(Array.isArray(value) ? value[i]! : value!, each as number, tolerance, key) ?? [];
    }),
  );
}

function compareAuc(labels: number[], scores: number[], each: Case): string[] {
  const { positives, negatives, value, variance, interval, logitInterval, reason } = delong(labelledScores(labels, scores));
  const separated = each.expected.delong_variance === 0;
  if (separated) expect([interval, logitInterval, reason]).toEqual([null, null, expect.stringContaining('parts the classes')]);
  const got = {
    positives,
    negatives,
    auc: value,
    delong_variance: variance,
    delong_se: Math.sqrt(variance!),
    delong_interval_95: around(value!, variance!),
    delong_interval_95_held: separated ? [1, 1] : interval,
    delong_logit_interval_95: logitInterval,
    hanley_mcneil_se: hanleyMcNeil(value!, positives, negatives),
  };
  return differences(got, each);
}

function comparePair(labels: number[], a: number[], b: number[], each: Case): string[] {
  const { value, variance, covariance, z, p, interval } = delongPaired(labels, a, b);
  return differences({ auc_difference_a_minus_b: value, covariance, variance, z, p, interval_95: interval }, each);
}

const named = (cases: Case[], kind: string): [string, Case][] =>
  cases.filter(({ id }) => id.startsWith(`${kind}.`)).map((each) => [each.id, each]);

describe('AUC of intervals.json', () => {
  it.each(named(readCases('intervals'), 'auc'))('%s', (_, each) => {
    expect(compareAuc(each.inputs.label, each.inputs.score, each)).toEqual([]);
  });
  it.each(named(readCases('intervals'), 'auc_pair'))('%s', (_, each) => {
    expect(comparePair(each.inputs.label, each.inputs.score_a, each.inputs.score_b, each)).toEqual([]);
  });
});

describe('delongUnpaired', () => {
  const [first, second] = [
    { positives: [1, 2, 9], negatives: [8, 3, 1] },
    { positives: [3, 2, 5], negatives: [6, 4, 3] },
  ];
  it('adds the variances and is odd in its sides', () => {
    const [a, b, there, back] = [delong(first), delong(second), delongUnpaired(first, second), delongUnpaired(second, first)];
    expect(there.value).toBeCloseTo(a.value! - b.value!, 14);
    expect(there.variance).toBeCloseTo(a.variance! + b.variance!, 14);
    expect(there.z).toBeCloseTo(there.value! / Math.sqrt(there.variance!), 12);
    expect(back.interval).toEqual(there.interval!.map((end) => -end).reverse());
    expect(back.p).toBe(there.p);
  });
  it('has no interval where a side has none', () => {
    const parted = { positives: [0, 5], negatives: [5, 0] };
    expect(delongUnpaired(parted, first)).toMatchObject({ interval: null, z: null, p: null, reason: expect.stringMatching(/\w/) });
    expect(delongUnpaired(first, { positives: [1], negatives: [0] })).toMatchObject({
      value: null,
      interval: null,
      reason: 'one class only',
    });
  });
});

describe.skipIf(!hasData)('over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
  let database: Database;
  beforeAll(async () => {
    database = await Database.open({ scratch, memoryMB: 512, threads: 1, allowed: [dataFolder] });
  });
  afterAll(() => {
    database.close();
    rmSync(scratch, { recursive: true });
  });
  const term = (name: string, weight: number): string => {
    const [column, value] = name.split(' is ');
    return name === 'intercept' ? `${weight}` : `${weight} * (${quoteName(column!)}${value === undefined ? '' : ` = '${value}'`})::DOUBLE`;
  };
  const sql = (score: string | { linear: Record<string, number> }): string =>
    typeof score === 'string'
      ? quoteName(score)
      : Object.entries(score.linear)
          .map(([name, weight]) => term(name, weight))
          .join(' + ');
  async function read({ file, label, rows = [0, 1e9], ...scores }: Case['source']): Promise<number[][]> {
    const table = parquetTable([join(dataFolder, file)]).replace('union_by_name', 'file_row_number = true, union_by_name');
    const positive = label.endsWith(' is >50K') ? `(${quoteName('class')} = '>50K')` : quoteName(label);
    const [a, b = 0] = Object.values(scores).map((score) => sql(score as string));
    const found = await database.rows<{ y: number; a: number; b: number }>(
      `SELECT ${positive}::DOUBLE AS y, (${a})::DOUBLE AS a, (${b})::DOUBLE AS b FROM ${table}
       WHERE file_row_number >= ${rows[0]} AND file_row_number < ${rows[1]} ORDER BY file_row_number`,
    );
    return [found.map(({ y }) => y), found.map(({ a }) => a), found.map(({ b }) => b)];
  }
  it.each(named(readDataCases('intervals'), 'auc'))('%s', async (_, each) => {
    const [labels, scores] = await read(each.source);
    expect(compareAuc(labels!, scores!, each)).toEqual([]);
  });
  it.each(named(readDataCases('intervals'), 'auc_pair'))('%s', async (_, each) => {
    const [labels, a, b] = await read(each.source);
    expect(comparePair(labels!, a!, b!, each)).toEqual([]);
  });
});
