import { type Applicant, CHANNELS, HOUSING, type Outcome, PURPOSES, REGIONS, TERMS } from './applicant.ts';
import { Random } from './random.ts';

/** How a population differs from the usual one. */
export interface Drift {
  /** Share taken off the years above 18. */
  younger: number;
  /** Taken off log income. */
  poorer: number;
}
export const USUAL: Drift = { younger: 0, poorer: 0 };
export const YOUNGER_AND_POORER: Drift = { younger: 0.35, poorer: 0.4 };

const REGION_WEIGHTS = [14, 18, 11, 9, 27, 13, 6, 2];
const REGION_INCOME = [-0.04, 0, -0.06, 0.02, 0.14, 0.03, -0.08, -0.1];
const PURPOSE_WEIGHTS = [21, 24, 13, 8, 6, 5, 3, 4, 5, 4, 4, 3];
const PURPOSE_AMOUNT = [9.4, 9.3, 9.1, 8.2, 8.9, 8, 8.9, 8.3, 9.7, 8.1, 7.5, 8.4];

/** Mild cycles: evenings and weekends are a little younger, a little poorer and more often online. */
interface Cycle {
  years: number;
  income: number;
  channels: number[];
}

const cycleAt = (hourMs: number): Cycle => {
  const date = new Date(hourMs);
  const evening = Math.cos((2 * Math.PI * (date.getUTCHours() - 22)) / 24);
  const weekend = date.getUTCDay() % 6 === 0 ? 1 : 0;
  const online = 0.1 * evening + 0.1 * weekend;
  return {
    years: 1 - 0.03 * evening - 0.02 * weekend,
    income: -0.02 * evening - 0.02 * weekend,
    channels: [48 * (1 + online), 24 * (1 - online), 18, 10 * (1 - online / 2)],
  };
};

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const rounded = (x: number, digits: number): number => Number(x.toFixed(digits));
const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

const ageOf = (random: Random, years: number): number => {
  for (;;) {
    const age = 18 + random.lognormal(2.95, 0.6) * years;
    if (age < 82) return Math.floor(age);
  }
};

const housingOf = (random: Random, age: number): string => {
  const settled = clamp((age - 22) / 30, 0, 1);
  return random.choice(HOUSING, [6 + 26 * settled, 62 - 40 * settled, 14 + 20 * settled, 9 - 4 * settled]);
};

const applicant = (random: Random, cycle: Cycle, drift: Drift): Applicant => {
  const age = ageOf(random, cycle.years * (1 - drift.younger));
  const region = random.choice(REGIONS, REGION_WEIGHTS);
  const sex = random.chance(0.47) ? 'F' : 'M';
  const career = Math.tanh((age - 18) / 14);
  const standing = random.normal();
  const logIncome =
    10.1 +
    0.35 * career +
    REGION_INCOME[REGIONS.indexOf(region)]! +
    (sex === 'M' ? 0.06 : 0) +
    0.42 * standing +
    cycle.income -
    drift.poorer;
  const stress = -0.45 * standing + 0.9 * random.normal() + 0.8 * drift.poorer;
  const purpose = random.choice(PURPOSES, PURPOSE_WEIGHTS);
  const amount = clamp(random.lognormal(PURPOSE_AMOUNT[PURPOSES.indexOf(purpose)]! + 0.3 * (logIncome - 10.3), 0.5), 500, 75_000);
  const large = Math.log(amount / 9000);
  const saves = random.chance(logistic(-0.75 + 0.5 * standing + 0.015 * (age - 40)));
  const income = Math.round(Math.exp(logIncome));
  return {
    income: random.chance(0.03) ? null : income,
    age,
    debt_ratio: rounded(logistic(-0.9 + 0.7 * stress), 3),
    employment_years: rounded((age - 18) * random.uniform() ** 1.6, 1),
    loan_amount: Math.round(amount / 100) * 100,
    loan_term: random.choice(
      TERMS,
      TERMS.map((term) => Math.exp(-0.5 * (term / 12 - 2.8 - large) ** 2)),
    ),
    savings: saves ? Math.round(random.lognormal(7.6 + 0.5 * standing, 1.1)) : 0,
    previous_defaults: random.poisson(0.13 * Math.exp(0.5 * stress)),
    credit_utilisation: rounded(logistic(-0.4 + 0.8 * stress + 0.8 * random.normal()), 3),
    region,
    channel: random.choice(CHANNELS, cycle.channels),
    purpose,
    housing: housingOf(random, age),
    sex,
  };
};

const riskOf = (row: Applicant, hiddenIncome: number): number =>
  logistic(
    -3.5 +
      3.2 * row.debt_ratio! +
      1.6 * row.credit_utilisation! +
      1.1 * Math.min(3, row.previous_defaults!) -
      0.7 * (hiddenIncome - 10.4) +
      0.35 * Math.log(row.loan_amount! / 9000) +
      0.012 * (row.loan_term! - 36) -
      0.05 * Math.min(15, row.employment_years!) -
      0.02 * (row.age! - 40) -
      (row.savings! > 0 ? 0.5 : 0) +
      (row.channel === 'partner' ? 0.35 : 0) +
      (row.purpose === 'business' ? 0.5 : 0) +
      (row.housing === 'rent' ? 0.2 : 0),
  );

/** The applicants of one hour, with what became of them. */
export const applicants = (seed: number, hourMs: number, count: number, drift: Drift = USUAL): Outcome[] => {
  const random = new Random(seed, hourMs);
  const cycle = cycleAt(hourMs);
  return Array.from({ length: count }, () => {
    const row = applicant(random, cycle, drift);
    const risk = riskOf(row, row.income === null ? 10.3 : Math.log(row.income));
    return { applicant: row, risk, defaulted: random.chance(risk) };
  });
};
