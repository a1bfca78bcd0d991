import { type CaptureFile, captureHour, captureKey, HOUR } from './capture.ts';
import { type Model, trainedModel } from './model.ts';
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
  cause: 'null_surge' | 'unit_change' | 'category_renamed' | 'sentinel' | 'shift';
  columns: string[];
  change?: Change;
  drift?: Drift;
}

export interface HourBatch extends CaptureFile {
  hour: number;
  rows: number;
  trouble: Trouble | null;
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
  17: { title: 'younger, poorer applicants', cause: 'shift', columns: ['income', 'age'], drift: YOUNGER_AND_POORER },
  21: {
    title: '-999 stands for unknown employment_years in 4 %',
    cause: 'sentinel',
    columns: ['employment_years'],
    change: sentinel('employment_years', -999, 0.04),
  },
};

const modelFor = (seed: number): Model => trainedModel(seed, BASELINE_START);

/** Applications follow the sun: about one and a half times as many at midday as at midnight. */
const rowsAt = (seed: number, hourMs: number, mean: number): number => {
  const sun = Math.cos((2 * Math.PI * (new Date(hourMs).getUTCHours() - 13)) / 24);
  return Math.round(mean * (1 + 0.15 * sun + 0.05 * (new Random(seed, hourMs, 3).uniform() * 2 - 1)));
};

/** Thirty days of reference data, one capture file per day: about 60,000 rows over all hours of the week. */
export const makeBaseline = (seed: number): CaptureFile[] => {
  const model = modelFor(seed);
  return Array.from({ length: BASELINE_DAYS }, (_, day) => {
    const start = BASELINE_START + day * 24 * HOUR;
    const lines = Array.from({ length: 24 }, (_, hour) => {
      const at = start + hour * HOUR;
      const rows = applicants(seed, at, rowsAt(seed, at, 83)).map((row) => row.applicant);
      return captureHour(model, seed, at, rows).lines;
    });
    return { key: `${BASELINE_PREFIX}/${new Date(start).toISOString().slice(0, 10)}.jsonl`, body: `${lines.flat().join('\n')}\n` };
  });
};

/** The 24 hours of the judged day, 800 to 1,200 rows each, five of them in trouble. */
export const makeHours = (seed: number): HourBatch[] => {
  const model = modelFor(seed);
  return Array.from({ length: 24 }, (_, hour) => {
    const at = JUDGED_DAY + hour * HOUR;
    const trouble = TROUBLES[hour] ?? null;
    const usual = applicants(seed, at, rowsAt(seed, at, 1000), trouble?.drift ?? USUAL).map((row) => row.applicant);
    const rows = trouble?.change ? trouble.change(usual, new Random(seed, at, 5)) : usual;
    const { first, lines } = captureHour(model, seed, at, rows);
    return { key: captureKey('capture', seed, first), body: `${lines.join('\n')}\n`, hour, rows: rows.length, trouble };
  });
};
