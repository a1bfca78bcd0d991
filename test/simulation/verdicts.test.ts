import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { type Lab, openLab } from './lab.ts';
import { makeWindow } from './population.ts';
import {
  DATA,
  driftTrials,
  HALF,
  hasData,
  loanDriftTrials,
  POPULATION,
  plantedTrials,
  populationBaseline,
  sampleTrials,
  type Trial,
  unchangedTrials,
} from './trials.ts';

/** A smaller `npx tsx bench/verdicts.ts`: 5 of 200 unchanged reports may fail, so 2 of 20 to 40 are allowed here. */
const ALLOWED = 2;
const TIMEOUT = 180_000;
const SMALL = { ...POPULATION, hourRows: 400, days: 14 };

const failing = (trials: Trial[]): string[] => trials.filter(({ verdict }) => verdict === 'fail').map(({ alarms }) => alarms.join(' '));

let lab: Lab;
let baseline: Baseline;
beforeAll(async () => {
  lab = await openLab(hasData() ? [DATA] : []);
  baseline = await populationBaseline(lab, SMALL);
}, TIMEOUT);
afterAll(() => lab.close());

describe('verdicts over a population with daily and weekly cycles', () => {
  it('hardly ever fails unchanged hours of 300 to 20,000 rows', { timeout: TIMEOUT }, async () => {
    expect(failing(await unchangedTrials(lab, baseline, SMALL, 40)).length).toBeLessThanOrEqual(ALLOWED);
  });

  it('hardly ever fails six hours at a time', { timeout: TIMEOUT }, async () => {
    expect(failing(await unchangedTrials(lab, baseline, SMALL, 20, { hours: 6, rows: [300, 10_000] })).length).toBeLessThanOrEqual(ALLOWED);
  });

  it('finds a planted change, names its column first and says what it is', { timeout: TIMEOUT }, async () => {
    const planted = (await plantedTrials(lab, baseline, SMALL, 40)).map((trial) => trial.planted!);
    expect(planted.filter(({ found }) => found).length).toBeGreaterThanOrEqual(37);
    expect(planted.filter(({ first }) => first).length).toBeGreaterThanOrEqual(36);
    expect(planted.filter(({ right }) => right).length).toBeGreaterThanOrEqual(34);
  });

  it('fails real drift', { timeout: TIMEOUT }, async () => {
    expect(failing(await driftTrials(lab, baseline, SMALL, 10)).length).toBeGreaterThanOrEqual(9);
  });

  it('says nothing of columns with fewer than 30 rows', { timeout: TIMEOUT }, async () => {
    const path = await lab.windows([makeWindow({ seed: 1, hour: SMALL.days * 24 + 3, rows: 29 })]);
    const report = await lab.check(baseline, path);
    const ofColumns = report.checks.filter(({ id }) => id.includes('/'));
    expect(ofColumns.length).toBeGreaterThan(0);
    expect(new Set(ofColumns.map(({ verdict }) => verdict))).toEqual(new Set(['not_applicable']));
  });

  it('fails a column that is missing altogether', { timeout: TIMEOUT }, async () => {
    const window = makeWindow({ seed: 1, hour: SMALL.days * 24 + 3, rows: 500 });
    const columns = window.columns.map((column) =>
      column.name === 'normal' && column.type === 'number'
        ? { ...column, values: column.values.map(() => Number.NaN), valid: new Uint32Array(Math.ceil(window.rows / 32)) }
        : column,
    );
    const report = await lab.check(baseline, await lab.windows([{ ...window, columns }]));
    expect(report.findings.map(({ columns: [name], cause, severity }) => [name, cause, severity])).toEqual([
      ['normal', 'null_surge', 'fail'],
    ]);
  });
});

describe.skipIf(!hasData())(`verdicts over data sets (skipped where there is no ${DATA})`, () => {
  it('hardly ever fails a random half of adult against the other', { timeout: TIMEOUT }, async () => {
    expect(failing(await sampleTrials(lab, 'adult', HALF.adult, 10)).length).toBeLessThanOrEqual(1);
  });

  it('hardly ever fails a random half of the car loans against the other', { timeout: TIMEOUT }, async () => {
    expect(failing(await sampleTrials(lab, 'car_loan_reference', HALF.car_loan_reference, 8)).length).toBeLessThanOrEqual(1);
  });

  it('suggests nothing from 1,000 rows of adult that the rest fails', { timeout: TIMEOUT }, async () => {
    expect(failing(await sampleTrials(lab, 'adult', 1000, 10)).length).toBeLessThanOrEqual(1);
  });

  it('fails the car loans of later months', { timeout: TIMEOUT }, async () => {
    expect(failing(await loanDriftTrials(lab, 3)).length).toBe(3);
  });
});
