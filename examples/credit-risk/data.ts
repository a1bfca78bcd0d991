import { type Outcome, SEXES } from './applicant.ts';
import { type Call, callsOf, captureKey, captureLine, type DataFile, HOUR, referenceLine, type ThresholdOf } from './capture.ts';
import { THRESHOLD, trainedModel } from './model.ts';
import { applicants, type Drift, USUAL, YOUNGER_AND_POORER } from './population.ts';
import { Random } from './random.ts';
import { type Change, nullSurge, renameCategory, sentinel, unitChange } from './trouble.ts';

/** A Monday: the baseline is the 30 days of June, and 1 July is judged. */
export const BASELINE_START = Date.UTC(2026, 5, 1);
export const BASELINE_DAYS = 30;
export const JUDGED_DAY = BASELINE_START + BASELINE_DAYS * 24 * HOUR;
export const BASELINE_PREFIX = 'monitors/credit-risk/baseline/input';

export interface Trouble {
  title: string;
  /** As reports name it. */
  cause: 'null_surge' | 'unit_change' | 'category_renamed' | 'disparity' | 'sentinel' | 'shift';
  columns: string[];
  change?: Change;
  drift?: Drift;
  threshold?: ThresholdOf;
}

export interface HourBatch extends DataFile {
  hour: number;
  rows: number;
  trouble: Trouble | null;
}

/** One hour of the judged day as it was: whom the endpoint was asked about, and what became of them. */
export interface JudgedHour {
  at: number;
  trouble: Trouble | null;
  calls: Call[];
  /** One for each call. */
  outcomes: Outcome[];
}

/** What goes wrong on the judged day, by hour. */
export const TROUBLES: Readonly<Record<number, Trouble>> = {
  5: { title: 'income is missing in 31 %', cause: 'null_surge', columns: ['income'], change: nullSurge('income', 0.31) },
  9: { title: 'debt_ratio is sent in percent', cause: 'unit_change', columns: ['debt_ratio'], change: unitChange('debt_ratio', 100) },
  13: {
    title: 'channel "web" is sent as "WEB"',
    cause: 'category_renamed',
    columns: ['channel'],
    change: renameCategory('channel', 'web', 'WEB'),
  },
  15: {
    title: 'the cut-off is 0.12 for women and 0.34 for men',
    cause: 'disparity',
    columns: [],
    threshold: (row) => (row.sex === SEXES[0] ? 0.12 : 0.34),
  },
  17: { title: 'younger, poorer applicants', cause: 'shift', columns: ['income', 'age'], drift: YOUNGER_AND_POORER },
  21: {
    title: '-999 stands for unknown employment_years in 4 %',
    cause: 'sentinel',
    columns: ['employment_years'],
    change: sentinel('employment_years', -999, 0.04),
  },
};

/** From here on the law of the outcome is another in one region. Nothing that the endpoint sees changes: only labels can tell. */
export const CONCEPT_DRIFT = { from: JUDGED_DAY + 16 * HOUR, region: 'capital', share: 0.5 } as const;

/** Of those in the region who would have paid back, a share no longer does. */
const changedLaw = (outcomes: Outcome[], at: number, random: Random): Outcome[] => {
  const { from, region, share } = CONCEPT_DRIFT;
  if (at < from) return outcomes;
  return outcomes.map((outcome) => {
    if (outcome.applicant.region !== region) return outcome;
    return { ...outcome, risk: outcome.risk + share * (1 - outcome.risk), defaulted: outcome.defaulted || random.chance(share) };
  });
};

/** Applications follow the sun: about one and a half times as many at midday as at midnight. */
const rowsAt = (seed: number, hourMs: number, mean: number): number => {
  const sun = Math.cos((2 * Math.PI * (new Date(hourMs).getUTCHours() - 13)) / 24);
  return Math.round(mean * (1 + 0.15 * sun + 0.05 * (new Random(seed, hourMs, 3).uniform() * 2 - 1)));
};

/** Thirty days of reference data with true outcomes, one table of JSON Lines a day: about 60,000 rows over all hours of the week. */
export const makeBaseline = (seed: number): DataFile[] => {
  const model = trainedModel(seed, BASELINE_START);
  return Array.from({ length: BASELINE_DAYS }, (_, day) => {
    const start = BASELINE_START + day * 24 * HOUR;
    const lines = Array.from({ length: 24 }, (_, hour) => {
      const at = start + hour * HOUR;
      const outcomes = applicants(seed, at, rowsAt(seed, at, 83));
      const calls = callsOf(
        seed,
        at,
        outcomes.map(({ applicant }) => applicant),
      );
      return calls.map((call, i) => referenceLine(model, call, outcomes[i]!));
    });
    return { key: `${BASELINE_PREFIX}/${new Date(start).toISOString().slice(0, 10)}.jsonl`, body: `${lines.flat().join('\n')}\n` };
  });
};

export const judgedHour = (seed: number, hour: number): JudgedHour => {
  const at = JUDGED_DAY + hour * HOUR;
  const trouble = TROUBLES[hour] ?? null;
  const usual = applicants(seed, at, rowsAt(seed, at, 1000), trouble?.drift ?? USUAL);
  const rows = usual.map(({ applicant }) => applicant);
  const sent = trouble?.change ? trouble.change(rows, new Random(seed, at, 5)) : rows;
  return { at, trouble, calls: callsOf(seed, at, sent), outcomes: changedLaw(usual, at, new Random(seed, at, 13)) };
};

/** The 24 hours of the judged day, 800 to 1,200 rows each, six of them in trouble. */
export const makeHours = (seed: number): HourBatch[] => {
  const model = trainedModel(seed, BASELINE_START);
  return Array.from({ length: 24 }, (_, hour) => {
    const { at, trouble, calls } = judgedHour(seed, hour);
    const lines = calls.map((call) => captureLine(model, call, trouble?.threshold ?? (() => THRESHOLD)));
    const key = captureKey('capture', seed, calls[0]?.at ?? at);
    return { key, body: `${lines.join('\n')}\n`, hour, rows: calls.length, trouble };
  });
};
