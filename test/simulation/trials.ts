import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../examples/credit-risk/random.ts';
import type { Cause, Report } from '../../layers/quality/contract/report.ts';
import { quoteText } from '../../layers/quality/engine/database.ts';
import type { ColumnHints } from '../../layers/quality/engine/infer-columns.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import type { Lab } from './lab.ts';
import { CHANGES, type ChangeKind, makeWindow, plantChange, type Window } from './population.ts';

export const DATA = join(import.meta.dirname, '../../../shared/data');
export const hasData = (): boolean => ['adult', 'car_loan_reference', 'car_loan_monitoring'].every((name) => existsSync(fileOf(name)));
const fileOf = (name: string): string => join(DATA, `${name}.parquet`);

/** What came of one report. */
export interface Trial {
  verdict: Report['verdict'];
  /** Ids of checks that warn or fail, failing ones first. */
  alarms: string[];
  /** Those of them that fail. */
  failing: string[];
  /** Only where a change was planted; `column` is where, of outcomes the first finding about them. */
  planted?: { kind: string; column: string; found: boolean; first: boolean; cause: Cause | null; right: boolean };
}

export type Progress = (done: number) => void;

export const trialOf = ({ verdict, checks }: Report): Trial => {
  const ids = (of: Report['verdict']): string[] => checks.filter((check) => check.verdict === of).map(({ id }) => id);
  const failing = [...ids('error'), ...ids('fail')];
  return { verdict, failing, alarms: [...failing, ...ids('warn')] };
};

/** Rows of a stored file in an order of chance, numbered from 0; the same for the same seed. */
const shuffled = (name: string, seed: number): string =>
  `SELECT * EXCLUDE (file_row_number), file_row_number AS place, row_number() OVER (ORDER BY hash(file_row_number * 1000003 + ${seed})) - 1 AS draw FROM read_parquet(${quoteText(fileOf(name))}, file_row_number = true)`;

/** A part of the shuffled rows, in the order of the file. */
const part = (name: string, seed: number, where: string): string =>
  `SELECT * EXCLUDE (place, draw) FROM (${shuffled(name, seed)}) WHERE ${where} ORDER BY place`;

const LOAN: ColumnHints = new Map([
  ['repaid', { role: 'label' as const }],
  ['y_pred', { role: 'prediction' as const }],
  ['y_pred_proba', { role: 'score' as const }],
  ['timestamp', { role: 'time' as const }],
]);
const HINTS: Record<string, ColumnHints> = { adult: new Map(), car_loan_reference: LOAN };

/** The rest of a data set against so many rows of it drawn at random: nothing has changed. */
export async function sampleTrials(
  lab: Lab,
  name: 'adult' | 'car_loan_reference',
  rows: number,
  trials: number,
  seed = 1,
): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const reference = await lab.parquet(part(name, seed + trial, `draw < ${rows}`));
    const rest = await lab.parquet(part(name, seed + trial, `draw >= ${rows}`));
    done.push(trialOf(await lab.check(await lab.baseline(reference, HINTS[name]), rest)));
    for (const path of [reference, rest]) lab.discard(path);
  }
  return done;
}

export const HALF = { adult: 24_421, car_loan_reference: 25_000 };

export interface PopulationOptions {
  seed: number;
  /** Strength of the cycles, in standard deviations. */
  cycle: number;
  /** Mean rows of a baseline hour. */
  hourRows: number;
  days: number;
}
export const POPULATION: PopulationOptions = { seed: 1, cycle: 0.1, hourRows: 2000, days: 30 };

/** Hours are as busy as the day: from a fifth of the mean at night to about twice as much. */
export const rowsOf = (hour: number, mean: number): number => Math.round(mean * (1 - 0.8 * Math.cos((2 * Math.PI * hour) / 24)));

export async function populationBaseline(lab: Lab, options: PopulationOptions): Promise<Baseline> {
  const paths = await lab.windows(
    Array.from({ length: options.days * 24 }, (_, hour) => windowAt(options, hour, rowsOf(hour, options.hourRows))),
  );
  const baseline = await lab.baseline(paths, new Map([['score', { role: 'score' as const }]]));
  lab.discard(paths);
  return baseline;
}

const windowAt = ({ seed, cycle }: PopulationOptions, hour: number, rows: number): Window => makeWindow({ seed, hour, rows, cycle });

/** An hour after the baseline's last. */
export const laterHour = (options: PopulationOptions, random: Random): number => options.days * 24 + random.integer(60 * 24);

/** Unchanged windows of `hours` hours and 300 to 20,000 rows, small ones as often as large ones (evenly in the logarithm). */
export async function unchangedTrials(
  lab: Lab,
  baseline: Baseline,
  options: PopulationOptions,
  trials: number,
  { hours = 1, rows = [300, 20_000] }: { hours?: number; rows?: [number, number] } = {},
): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const random = new Random(options.seed, 71, trial, hours);
    const start = laterHour(options, random);
    const size = Math.round(rows[0] * (rows[1] / rows[0]) ** random.uniform());
    const windows = Array.from({ length: hours }, (_, i) => windowAt(options, start + i, Math.ceil(size / hours)));
    done.push(trialOf(await checkWindows(lab, baseline, windows)));
  }
  return done;
}

export async function checkWindows(lab: Lab, baseline: Baseline, windows: Window[]): Promise<Report> {
  const path = await lab.windows(windows);
  const report = await lab.check(baseline, path);
  lab.discard(path);
  return report;
}

const NUMBERS = ['normal', 'lognormal', 'zero_inflated', 'count', 'heavy_tail', 'uniform', 'score'];
const CATEGORIES = ['category_3', 'category_12', 'category_60', 'category_400'];
/** Columns a change can be planted in so that the data differ by more than the thresholds. */
const COLUMNS: Record<ChangeKind, string[]> = {
  nulls: [...NUMBERS, 'flag', ...CATEGORIES],
  mean: NUMBERS,
  renamed: CATEGORIES,
  unit: NUMBERS,
  sentinels: NUMBERS,
  // The median of zero_inflated is its zero, and of count one of its few values: no spike comes of it.
  imputed: ['normal', 'lognormal', 'heavy_tail', 'uniform', 'score'],
  stuck: [...NUMBERS, 'flag', ...CATEGORIES],
  blanks: CATEGORIES,
};
export const CAUSES: Record<ChangeKind, Cause> = {
  nulls: 'null_surge',
  mean: 'shift',
  renamed: 'category_renamed',
  unit: 'unit_change',
  sentinels: 'sentinel',
  imputed: 'shift',
  stuck: 'constant',
  blanks: 'blanks',
};

/** One change in one column of an unchanged hour of `rows` rows, the kinds and columns in turn. */
export async function plantedTrials(
  lab: Lab,
  baseline: Baseline,
  options: PopulationOptions,
  trials: number,
  rows = 5000,
): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const kind = CHANGES[trial % CHANGES.length]!;
    const columns = COLUMNS[kind];
    const column = columns[Math.floor(trial / CHANGES.length) % columns.length]!;
    const hour = laterHour(options, new Random(options.seed, 72, trial));
    const window = plantChange(windowAt(options, hour, rows), kind, column, trial);
    const report = await checkWindows(lab, baseline, [window]);
    const finding = report.findings.find(({ columns: of }) => of.includes(column));
    const cause = finding?.cause ?? null;
    const first = report.findings[0]?.columns.includes(column) ?? false;
    done.push({ ...trialOf(report), planted: { kind, column, found: finding !== undefined, first, cause, right: cause === CAUSES[kind] } });
  }
  return done;
}

/** Four columns of an hour moved by 0.3 standard deviations together. */
export async function driftTrials(lab: Lab, baseline: Baseline, options: PopulationOptions, trials: number, rows = 5000): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const hour = laterHour(options, new Random(options.seed, 73, trial));
    const moved = ['normal', 'lognormal', 'uniform', 'score'].reduce(
      (window, column) => plantChange(window, 'mean', column, trial),
      windowAt(options, hour, rows),
    );
    done.push(trialOf(await checkWindows(lab, baseline, [moved])));
  }
  return done;
}

/** Random thousands of the later months of the car loans, which did drift, against the earlier ones. */
export async function loanDriftTrials(lab: Lab, trials: number, rows = 5000, seed = 1): Promise<Trial[]> {
  const baseline = await lab.baseline(fileOf('car_loan_reference'), LOAN);
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const path = await lab.parquet(part('car_loan_monitoring', seed + trial, `draw < ${rows} AND place >= 25000`));
    done.push(trialOf(await lab.check(baseline, path)));
    lab.discard(path);
  }
  return done;
}
