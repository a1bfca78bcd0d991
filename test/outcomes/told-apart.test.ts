import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { sameValue } from '../../layers/quality/usecases/outcome-classes.ts';
import { lab, notes } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';

const FLAGS = { label: 'y', prediction: 'p', problem: 'multiclass' } as const;
/** Three quarters of each class are right, the others taken for the next. */
const rowsOf = (classes: readonly unknown[]): unknown[][] =>
  Array.from({ length: 40 * classes.length }, (_, i) => {
    const k = i % classes.length;
    return [i, classes[k], classes[Math.floor(i / classes.length) % 4 === 3 ? (k + 1) % classes.length : k]];
  });
const judged = async (classes: readonly unknown[], type: string): Promise<Report> => {
  const values = rowsOf(classes)
    .map(([i, y, p]) => `(${i}, '${y}', '${p}')`)
    .join(', ');
  const path = await lab.parquet(`SELECT i, y::${type} AS y, p::${type} AS p FROM (VALUES ${values}) AS t(i, y, p)`);
  return lab.check(null, path, FLAGS);
};

describe('classes that only look like one number', () => {
  it.each([
    ['underscores', ['10', '1_0', '7'], 'VARCHAR'],
    ['exponents', ['1e1', '10', '7'], 'VARCHAR'],
    ['hexadecimal', ['0x1', '1', '7'], 'VARCHAR'],
    ['leading zeros', ['001', '01', '1'], 'VARCHAR'],
    ['twenty digits', ['12345678901234567001', '12345678901234567002', '12345678901234567003'], 'VARCHAR'],
    ['whole numbers that are one double', ['9007199254740993', '9007199254740992', '9007199254740994'], 'BIGINT'],
    ['tenths in 32 bits', ['0.1', '1.1', '2.1'], 'FLOAT'],
  ])('of %s are told apart', async (_, classes, type) => {
    const report = await judged(classes, type);
    expect(metricValue(report, 'accuracy')).toBe(0.75);
    expect(report.performance!.confusion!.cells.map((row) => row.reduce((sum, cell) => sum + cell, 0))).toEqual([40, 40, 40]);
    expect(notes(report)).not.toContain('no class');
  });
  it('are the same with zeros behind the point, and as truth values', () => {
    const pairs: [string, string, boolean][] = [
      ['1', '1.0', true],
      ['-3.000', '-3', true],
      ['true', '1', true],
      ['False', '0.0', true],
      ['01', '1', false],
      ['1e0', '1', false],
      ['1.5', '1.50', false],
    ];
    for (const [a, b, same] of pairs) expect([a, b, sameValue(a, b)]).toEqual([a, b, same]);
  });
});

it('a text nan is no label, as an empty one is none', async () => {
  const labelled = rowsOf(['1', '0']).map(([i, y, p], at) => [i, at % 5 === 0 ? 'nan' : at % 5 === 1 ? null : y, p]);
  const report = await lab.check(null, lab.csv(['i', 'y', 'p'], labelled), { label: 'y', prediction: 'p', positive: ['1'] });
  const kept = labelled.filter(([, y]) => y !== 'nan' && y !== null);
  expect(report.performance).toMatchObject({ problem: 'binary', rows: { labelled: kept.length } });
  expect(metricValue(report, 'accuracy')).toBeCloseTo(kept.filter(([, y, p]) => y === p).length / kept.length, 12);
});

it('codes of a group that come as doubles, for one is missing, are the groups they were', async () => {
  const groups = (type: string) =>
    lab.parquet(
      `SELECT i, (i % 3)::VARCHAR AS c, CASE WHEN ${type === 'DOUBLE'} AND i % 50 = 0 THEN NULL ELSE (i % 3)::${type} END AS g, (i % 2)::VARCHAR AS y, (i % 2)::VARCHAR AS p FROM range(3000) t(i)`,
    );
  const flags = { label: 'y', prediction: 'p', positive: ['1'], facet: ['g'], segment: ['g'] };
  const before = await lab.baseline(await groups('INTEGER'), flags);
  const report = await lab.check(before, await groups('DOUBLE'), flags);
  expect(report.fairness!.facets[0]!.groups.map(({ name }) => name).toSorted()).toEqual(['0', '1', '2']);
  expect(report.checks.filter(({ id, verdict }) => id === 'categories/g' && verdict !== 'pass')).toEqual([]);
  expect(metricValue(report, 'accuracy', { segment: 'g=1' })).toBe(1);
});

describe('several classes', () => {
  it('of which the baseline knows one that is not here: averages are of those that are', async () => {
    const path = (classes: string[]) => lab.csv(['i', 'y', 'p'], rowsOf(classes));
    const before = await lab.baseline(path(['a', 'b', 'c', 'd']), FLAGS);
    const [report, alone] = [await lab.check(before, path(['a', 'b', 'c']), FLAGS), await lab.check(null, path(['a', 'b', 'c']), FLAGS)];
    for (const metric of ['precision', 'recall', 'specificity', 'f1'])
      for (const average of ['macro', 'weighted']) {
        const of = { parameters: { average } };
        expect([metric, average, metricValue(report, metric, of)]).toEqual([metric, average, metricValue(alone, metric, of)]);
      }
    expect(metricValue(report, 'recall', { parameters: { average: 'macro' } })).toBe(metricValue(report, 'balanced_accuracy'));
  });
  it('of which one is never predicted: its precision is 0, and the interval of the average says no more', async () => {
    const rows = rowsOf(['a', 'b', 'c']).map(([i, y, p]) => [i, y, p === 'c' ? 'a' : p]);
    const report = await lab.check(null, lab.csv(['i', 'y', 'p'], rows), FLAGS);
    const { value, interval } = metricOf(report, 'precision', { parameters: { average: 'macro' } });
    const [low, high] = interval as [number, number];
    expect(Math.abs((low + high) / 2 - Number(value))).toBeLessThan((high - low) / 6);
    expect(high).toBeLessThan(2 / 3);
  });
  it('may have a score of one too rare to have come, in any spelling; one that is misspelt is an error', async () => {
    const scored = rowsOf(['0.0', '1.0']).map(([i, y, p]) => [i, y, p, p === '0.0' ? 0.7 : 0.2, p === '0.0' ? 0.2 : 0.7, 0.1]);
    const path = lab.csv(['i', 'y', 'p', 's0', 's1', 's2'], scored);
    const report = await lab.check(null, path, { ...FLAGS, score: ['s0=0', 's1=1', 's2=2'] });
    expect(metricValue(report, 'brier_score')).not.toBeNull();
    expect(report.performance!.confusion!.classes).toEqual(['0.0', '1.0', '2']);
    await expect(lab.check(null, path, { ...FLAGS, score: ['s0=0', 's1=one'] })).rejects.toThrow('--score s1=one: no class "one"');
  });
});

it('a segment that names a column twice is one of it', async () => {
  const path = lab.csv(
    ['y', 'p', 'g'],
    Array.from({ length: 300 }, (_, i) => [i % 2, i % 3 === 0 ? 1 - (i % 2) : i % 2, i % 4 < 2 ? 'F' : 'M']),
  );
  const flags = { label: 'y', prediction: 'p', facet: ['g'] };
  const [plain, twice] = [
    await lab.check(null, path, { ...flags, segment: ['g'] }),
    await lab.check(null, path, { ...flags, segment: ['g', 'g,g'] }),
  ];
  expect(twice.metrics).toEqual(plain.metrics);
});
