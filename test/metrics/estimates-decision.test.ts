import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import { delong } from '../../layers/quality/math/intervals/index.ts';
import { type HeldOut, holdOut, labelCounts, needsCalibration } from '../../layers/quality/metrics/estimates/index.ts';
import { dataFolder, hasData, mismatch, readDataCases } from '../reference/cases.ts';

/** NumPy's RandomState(seed).permutation: MT19937, masked rejection, Fisher–Yates from the end. */
function permutations(seed: number) {
  const state = new Uint32Array(624);
  state[0] = seed;
  for (let i = 1; i < 624; i++) state[i] = Math.imul(1812433253, state[i - 1]! ^ (state[i - 1]! >>> 30)) + i;
  let at = 624;
  const twist = (): void => {
    for (let i = 0; i < 624; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % 624]! & 0x7fffffff);
      state[i] = state[(i + 397) % 624]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    at = 0;
  };
  const next = (): number => {
    if (at === 624) twist();
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return (values: number[]): number[] => {
    const shuffled = [...values];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let j = next() & mask;
      while (j > i) j = next() & mask;
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  };
}

/** scikit-learn's StratifiedShuffleSplit(10, test_size=0.1, random_state=42) of two classes whose tenths are not whole. */
function splits(labels: number[]): { train: number[]; test: number[] }[] {
  const permute = permutations(42);
  const classes = [0, 1].map((label) => labels.flatMap((each, row) => (each === label ? [row] : [])));
  /** Largest remainders first; equal ones drawn. */
  const share = (sizes: number[], wanted: number): number[] => {
    const all = sizes.reduce((a, b) => a + b, 0);
    const exact = sizes.map((size) => (size / all) * wanted);
    const floor = exact.map(Math.floor);
    const rest = exact.map((each, i) => each - floor[i]!);
    let missing = wanted - floor.reduce((a, b) => a + b, 0);
    for (const value of [...new Set(rest)].sort((a, b) => b - a)) {
      if (missing === 0) break;
      const tied = rest.flatMap((each, i) => (each === value ? [i] : []));
      for (const i of permute(tied).slice(0, missing)) floor[i]!++;
      missing -= Math.min(missing, tied.length);
    }
    return floor;
  };
  return Array.from({ length: 10 }, () => {
    const sizes = classes.map(({ length }) => length);
    const tested = Math.ceil(labels.length * 0.1);
    const train = share(sizes, labels.length - tested);
    const test = share(
      sizes.map((size, i) => size - train[i]!),
      tested,
    );
    const parts = classes.map((rows, i) => {
      const order = permute(rows);
      return { train: order.slice(0, train[i]), test: order.slice(train[i], train[i]! + test[i]!) };
    });
    return { train: permute(parts.flatMap(({ train }) => train)), test: permute(parts.flatMap(({ test }) => test)) };
  });
}

async function read(): Promise<{ scores: number[]; labels: number[] }> {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
  const database = await Database.open({ scratch, memoryMB: 512, threads: 1, allowed: [dataFolder] });
  const rows = await database.rows<{ s: number; y: number }>(
    `SELECT y_pred_proba AS s, repaid::DOUBLE AS y FROM ${parquetTable([join(dataFolder, 'car_loan_reference.parquet')])}`,
  );
  database.close();
  rmSync(scratch, { recursive: true });
  return { scores: rows.map(({ s }) => s), labels: rows.map(({ y }) => y) };
}

describe.skipIf(!hasData)('whether to calibrate the car loans (skipped: ../shared/data and ../shared/reference are not here)', () => {
  it('car_loan.calibration_decision, by the splits scikit-learn draws', async () => {
    const { scores, labels } = await read();
    const { expected, tolerance } = readDataCases('cbpe').find(({ id }) => id === 'car_loan.calibration_decision')!;
    const at = (rows: number[]) => ({
      scores: rows.map((row) => scores[row]!),
      probabilities: rows.map((row) => labels[row]!),
      predictions: [],
    });
    const parts: HeldOut[] = splits(labels).map(({ train, test }) => {
      const { probabilities, ...held } = at(test);
      return { train: labelCounts(at(train)), test: { ...held, positives: probabilities, rows: test.map(() => 1) } };
    });
    const all = labelCounts(at(labels.map((_, row) => row)));
    const pooled = needsCalibration(all, parts);
    expect(pooled.needed).toBe(expected.needs_calibration);
    const wrong = [
      mismatch(pooled.before, expected.ece_raw_pooled, tolerance),
      mismatch(pooled.after, expected.ece_calibrated_pooled, tolerance),
    ];
    parts.forEach((part, i) => {
      const { before, after } = needsCalibration(all, [part]);
      const { ece_raw, ece_calibrated } = expected.folds[i];
      wrong.push(mismatch(before, ece_raw, tolerance, `${i} raw`), mismatch(after, ece_calibrated, tolerance, `${i} calibrated`));
    });
    const negatives = all.rows.map((rows, i) => rows - all.positives[i]!);
    wrong.push(mismatch(delong({ positives: all.positives, negatives }).value, expected.reference_auc, { rel: 1e-9, abs: 0 }));
    expect(wrong.filter((each) => each !== null)).toEqual([]);

    const own = needsCalibration(all, holdOut(all, 'car loan'));
    expect(own.needed).toBe(true);
    expect(own.before).toBeCloseTo(expected.ece_raw_pooled, 2);
    expect(own.after).toBeLessThan(own.before! / 4);
  });
});
