import { type Applicant, type CategoryFeature, NUMBERS, type NumberFeature, type Outcome } from './applicant.ts';
import { dot, logistic, logisticRegression } from './newton.ts';
import { applicants } from './population.ts';

/** Sex is sent, and kept for fairness, but the model does not use it. */
const USED: readonly CategoryFeature[] = ['region', 'channel', 'purpose', 'housing'];
const SKEWED = new Set<NumberFeature>(['income', 'loan_amount', 'savings']);

export interface Model {
  means: number[];
  deviations: number[];
  categories: string[][];
  weights: Float64Array;
}

/** At or above this score an application is declined. */
export const THRESHOLD = 0.2;

const numberOf = (row: Applicant, feature: NumberFeature): number => {
  const value = row[feature];
  if (value === null) return Number.NaN;
  return SKEWED.has(feature) ? Math.log1p(Math.max(0, value)) : value;
};

/** Intercept, whether income is missing, standardised numbers (missing = mean), one column per category (unseen = none). */
const encode = (model: Omit<Model, 'weights'>, row: Applicant): Float64Array => {
  const x = [1, row.income === null ? 1 : 0];
  NUMBERS.forEach((feature, i) => {
    const value = numberOf(row, feature);
    x.push(Number.isNaN(value) ? 0 : (value - model.means[i]!) / model.deviations[i]!);
  });
  USED.forEach((feature, i) => {
    for (const value of model.categories[i]!) x.push(row[feature] === value ? 1 : 0);
  });
  return Float64Array.from(x);
};

const momentsOf = (rows: Outcome[], feature: NumberFeature): { mean: number; deviation: number } => {
  const values = rows.map((row) => numberOf(row.applicant, feature)).filter((value) => !Number.isNaN(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
};

export const train = (rows: Outcome[]): Model => {
  const moments = NUMBERS.map((feature) => momentsOf(rows, feature));
  const encoding = {
    means: moments.map(({ mean }) => mean),
    deviations: moments.map(({ deviation }) => deviation),
    categories: USED.map((feature) => [...new Set(rows.map((row) => row.applicant[feature] ?? ''))].sort()),
  };
  const weights = logisticRegression(
    rows.map((row) => encode(encoding, row.applicant)),
    rows.map((row) => row.defaulted),
  );
  return { ...encoding, weights };
};

/** The estimated probability of default. */
export const score = (model: Model, row: Applicant): number => logistic(dot(encode(model, row), model.weights));

/** The model in production: fitted on applicants of the month before the baseline. */
export const trainedModel = (seed: number, before: number): Model => {
  const hours = Array.from({ length: 30 * 24 }, (_, hour) => before - (hour + 1) * 3_600_000);
  return train(hours.flatMap((hour) => applicants(seed, hour, 12)));
};
