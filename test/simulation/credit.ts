import { Random } from '../../examples/credit-risk/random.ts';
import type { Facet } from '../../layers/quality/contract/outcomes.ts';
import type { Cause } from '../../layers/quality/contract/report.ts';
import type { ColumnHints } from '../../layers/quality/engine/infer-columns.ts';
import type { OutcomeOptions } from '../../layers/quality/usecases/plan-outcomes.ts';
import {
  type CategoryColumn,
  HOUR,
  type NumberColumn,
  numberColumn,
  START,
  type Window,
  type WindowOptions,
  waveOf,
} from './population.ts';

/**
 * Applicants for credit, an hour at a time. Whether one repays follows P = σ(0.9 + 1.3 income − 1.1 debt + 0.9 tenure − 0.35 young), each input
 * in standard deviations. The score is what the best model without tenure gives: its mean over tenure. So it is calibrated as long as tenure is
 * what it was, and no longer where only tenure moves, though P given all inputs is the same. Every input, and the mix of sexes, regions and
 * products, follows a daily wave with a phase of its own, and is lower on weekends; P(label | inputs) never changes unless it is planted.
 */
export const REGIONS = ['North', 'East', 'South', 'West', 'Islands'];
const REGION_WEIGHTS = [0.3, 0.22, 0.24, 0.16, 0.08];
const PRODUCTS = ['loan', 'card', 'mortgage', 'overdraft'];
const PRODUCT_WEIGHTS = [0.4, 0.3, 0.2, 0.1];
const SEXES = ['F', 'M'];
export const YOUNG = 30;
const TENURE = 0.9;
/** Of a logit over a normal input of that weight: the factor that takes it to the logit of the mean (MacKay 1992). */
const ATTENUATED = 1 / Math.sqrt(1 + (Math.PI / 8) * TENURE ** 2);

const everyValue = (column: string): Facet => ({ column, values: null, above: null, upTo: null });
/** Three facets and two segments. */
export const CREDIT_OUTCOMES: OutcomeOptions = {
  facets: [everyValue('sex'), { column: 'age', values: null, above: null, upTo: YOUNG }, everyValue('region')],
  segments: [['region'], ['product']],
};
export const CREDIT_HINTS: ColumnHints = new Map([
  ['label', { role: 'label' as const }],
  ['prediction', { role: 'prediction' as const }],
  ['score', { role: 'score' as const }],
  ['time', { role: 'time' as const }],
  ['sex', { type: 'category' as const }],
  ['region', { type: 'category' as const, role: 'segment' as const }],
  ['product', { type: 'category' as const, role: 'segment' as const }],
]);

export interface CreditOptions extends WindowOptions {
  /** Standard deviations that tenure lies above its mean: inputs shift, P(label | inputs) stays. */
  tenure?: number;
  /** Standard deviations that women earn less by: the score and the labels follow. */
  women?: number;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** One hour of applicants: the same rows for the same seed and hour. */
export const creditWindow = ({ seed, hour, rows, cycle = 0.1, tenure: shift = 0, women = 0 }: CreditOptions): Window => {
  const random = new Random(seed, hour, 500);
  const wave = (column: number): number => waveOf(hour, column, cycle);
  const mix = (weights: readonly number[], column: number): number[] =>
    weights.map((weight, k) => weight * Math.exp(wave(column) * Math.cos(k)));
  const [regions, products] = [mix(REGION_WEIGHTS, 5), mix(PRODUCT_WEIGHTS, 6)];
  const [income, debt, tenure, age, sex, region, product, score, prediction, label] = Array.from(
    { length: 10 },
    () => new Float64Array(rows),
  );
  for (let row = 0; row < rows; row++) {
    sex![row] = random.chance(0.53 + 0.4 * wave(4)) ? 1 : 0;
    region![row] = REGIONS.indexOf(random.choice(REGIONS, regions));
    product![row] = PRODUCTS.indexOf(random.choice(PRODUCTS, products));
    age![row] = 18 + Math.floor(60 * random.uniform() ** (1.5 + wave(3)));
    const earns = random.normal() + wave(0) + 0.06 * (sex![row]! - 0.5) + 0.05 * (2 - region![row]!) - women * (1 - sex![row]!);
    const owes = random.normal() + wave(1);
    const stays = random.normal() + 0.5 * wave(2) + shift;
    income![row] = Math.round(Math.exp(10.3 + 0.5 * earns));
    debt![row] = sigmoid(0.8 * owes - 0.9);
    tenure![row] = Math.round(10 * Math.exp(1.2 + 0.6 * stays)) / 10;
    const known = 0.9 + 1.3 * earns - 1.1 * owes - (age![row]! <= YOUNG ? 0.35 : 0);
    score![row] = sigmoid(ATTENUATED * known);
    prediction![row] = score![row]! >= 0.5 ? 1 : 0;
    label![row] = random.chance(sigmoid(known + TENURE * stays)) ? 1 : 0;
  }
  const category = (name: string, values: Float64Array, dictionary: string[]): CategoryColumn => ({
    ...{ name, type: 'category', dictionary, valid: null },
    codes: Uint16Array.from(values),
  });
  return {
    hour,
    rows,
    time: Float64Array.from({ length: rows }, (_, row) => START + hour * HOUR + Math.floor((row * HOUR) / rows)),
    columns: [
      ...Object.entries({ income, debt, tenure, score }).map(([name, values]) => numberColumn(name, 'number', values!)),
      ...Object.entries({ age, prediction, label }).map(([name, values]) => numberColumn(name, 'integer', values!)),
      category('sex', sex!, SEXES),
      category('region', region!, REGIONS),
      category('product', product!, PRODUCTS),
    ],
  };
};

const numbersOf = (window: Window, name: string): Float64Array =>
  (window.columns.find((column) => column.name === name) as NumberColumn).values;
const codesOf = (window: Window, name: string): Uint16Array =>
  (window.columns.find((column) => column.name === name) as CategoryColumn).codes;

/** Labels, predictions and scores of a window's rows. */
export const outcomesOf = (window: Window): { labels: Float64Array; predictions: Float64Array; scores: Float64Array } => ({
  labels: numbersOf(window, 'label'),
  predictions: numbersOf(window, 'prediction'),
  scores: numbersOf(window, 'score'),
});

const withNumbers = (window: Window, name: string, value: (row: number, was: number) => number): Window => ({
  ...window,
  columns: window.columns.map((column) =>
    column.name === name && column.type !== 'category'
      ? numberColumn(
          name,
          column.type,
          column.values.map((was, row) => value(row, was)),
        )
      : column,
  ),
});

/** The window before its labels came. */
export const unlabelled = (window: Window): Window => ({ ...window, columns: window.columns.filter(({ name }) => name !== 'label') });

export const OUTCOME_CHANGES = ['concept', 'accuracy', 'four_fifths', 'recall_gap', 'labels', 'refused'] as const;
export type OutcomeChange = (typeof OUTCOME_CHANGES)[number];
const CHANGED_REGION = 'South';

const meanWhere = (values: Float64Array, where: (row: number) => boolean): number => {
  let [sum, rows] = [0, 0];
  values.forEach((value, row) => {
    if (!where(row)) return;
    sum += value;
    rows++;
  });
  return sum / rows;
};

/**
 * An hour with one change of its outcomes: `concept`, 15 % of the labels of one region turned about; `accuracy`, labels turned about so that
 * accuracy falls by 6 points; `four_fifths`, women earn less, so that their share of positive predictions is some 0.65 of the men's, and nothing
 * else is wrong; `recall_gap`, the recall of women 7.5 points lower and that of men 7.5 points higher; `labels`, half of one region's labels
 * missing; `refused`, women refused at random until their share is 0.65 of the men's, which costs recall and accuracy as well.
 */
export const outcomeChanged = (options: CreditOptions, kind: OutcomeChange, seed = 1): Window => {
  if (kind === 'four_fifths') return creditWindow({ ...options, women: 0.83 });
  const window = creditWindow(options);
  const random = new Random(seed, window.hour, 600 + OUTCOME_CHANGES.indexOf(kind));
  const { labels, predictions } = outcomesOf(window);
  const [sexes, regions] = [codesOf(window, 'sex'), codesOf(window, 'region')];
  const changed = (row: number): boolean => regions[row] === REGIONS.indexOf(CHANGED_REGION);
  const woman = (row: number): boolean => sexes[row] === 0;
  if (kind === 'concept') return withNumbers(window, 'label', (row, was) => (changed(row) && random.chance(0.15) ? 1 - was : was));
  if (kind === 'labels') return withNumbers(window, 'label', (row, was) => (changed(row) && random.chance(0.5) ? Number.NaN : was));
  if (kind === 'accuracy') {
    const hits = labels.map((label, row) => (label === predictions[row] ? 1 : 0));
    const turned = 0.06 / (2 * meanWhere(hits, () => true) - 1);
    return withNumbers(window, 'label', (_, was) => (random.chance(turned) ? 1 - was : was));
  }
  if (kind === 'refused') {
    const kept = (0.65 * meanWhere(predictions, (row) => !woman(row))) / meanWhere(predictions, woman);
    return withNumbers(window, 'prediction', (row, was) => (woman(row) && !random.chance(kept) ? 0 : was));
  }
  const recall = (women: boolean): number => meanWhere(predictions, (row) => woman(row) === women && labels[row] === 1);
  const [lost, won] = [0.075 / recall(true), 0.075 / (1 - recall(false))];
  return withNumbers(window, 'prediction', (row, was) => {
    if (labels[row] !== 1) return was;
    if (woman(row)) return was === 1 && random.chance(lost) ? 0 : was;
    return was === 0 && random.chance(won) ? 1 : was;
  });
};

/** What finds a planted change: the cause of its finding, a check of it, and how the ids of findings that name it end. */
export const OUTCOME_NAMES: Record<OutcomeChange, { cause: Cause; check: RegExp; names: RegExp }> = {
  concept: { cause: 'performance_drop', check: /^performance\/.*@region=South$/, names: /region=South$/ },
  accuracy: { cause: 'performance_drop', check: /^performance\/accuracy$/, names: /\/performance$/ },
  four_fifths: { cause: 'disparity', check: /^four_fifths\/sex=F$/, names: /sex=[FM]$/ },
  recall_gap: { cause: 'disparity', check: /^fairness_gap\/true_positive_rate\/sex=[FM]$/, names: /sex=[FM]$/ },
  labels: { cause: 'missing_labels', check: /^label_coverage\/region$/, names: /labels by region$/ },
  refused: { cause: 'disparity', check: /^four_fifths\/sex=F$/, names: /sex=[FM]$/ },
};
