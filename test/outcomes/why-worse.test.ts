import { describe, expect, it } from 'vitest';
import { shares } from '../../layers/quality/checks/explains.ts';
import { whyWorse } from '../../layers/quality/checks/why-worse.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { noRegressionSums } from '../../layers/quality/metrics/accuracy/index.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, FLAGS, judge, NOW } from './judge.ts';
import { changed, type LoanRow } from './rows.ts';
import { sliceOf } from './scored.ts';

const withWhy = ({ title, why }: Report['findings'][number]): string => (why === undefined ? title : `${title}: ${why}`);
const titleOf = ({ findings }: Report): string => findings.filter(({ cause }) => cause === 'performance_drop').map(withWhy)[0] ?? 'none';
const plain = { ...FLAGS, facet: [], segment: [] };
const said = async (change: (row: LoanRow, i: number) => Record<string, unknown>, flags = plain): Promise<string> =>
  titleOf(await judge(changed(NOW, change), flags));

describe('a finding about performance says what made it worse', () => {
  it('fewer positive labels, of precision', async () => {
    const rare = NOW.filter(({ label }, i) => label === 0 || i % 4 === 0);
    const report = await judge(rare, { ...plain, score: [] });
    const [found] = report.findings.filter(({ checks }) => checks[0] === 'performance/precision');
    expect(withWhy(found!)).toMatch(/^precision \d+ %, 7\d % in the baseline: fewer of the labels are positive \(\d+ %, was \d+ %\)$/);
  });

  it('scores that rank as before, but fewer predicted positive', async () => {
    const title = await said(({ score }) => ({ prediction: score >= 0.8 ? 1 : 0 }));
    expect(title).toMatch(
      /^recall \d+ %, 7\d % in the baseline: the scores rank as before \(ROC AUC 0\.8\d*, was 0\.8\d*\), but fewer rows are predicted positive \(\d+ %, was \d+ %\)$/,
    );
  });

  it('scores that tell the classes apart less well', async () => {
    const title = await said((row, i) => (row.label === 1 && i % 2 === 0 ? { score: row.score / 3, prediction: 0 } : {}));
    expect(title).toMatch(/: the scores tell the classes apart less well \(ROC AUC 0\.[67]\d*, was 0\.8\d*\)$/);
  });

  it('predictions too low on average, of a regression', async () => {
    const amounts = (rows: readonly LoanRow[], bias: number): LoanRow[] =>
      changed(rows, ({ score, x }) => ({ label: x + 20 * score, prediction: x + 10 - (x > 50 ? bias : 0) }));
    const flags = { ...FLAGS, facet: [], segment: [], score: [] };
    expect(titleOf(await judge(amounts(NOW, 30), flags, {}, amounts(BASE, 0)))).toMatch(
      /^mean absolute error .* in the baseline: predictions are 1[45](\.\d)? too low on average, were .* too (low|high)$/,
    );
  });

  it('errors of both signs have no such reason', async () => {
    const amounts = (rows: readonly LoanRow[], by: number): LoanRow[] =>
      changed(rows, ({ score, x }) => ({ label: x + by * score, prediction: x + by / 2 }));
    const flags = { ...FLAGS, facet: [], segment: [], score: [] };
    expect(titleOf(await judge(amounts(NOW, 40), flags, {}, amounts(BASE, 20)))).toMatch(/^mean absolute error \S+, \S+ in the baseline$/);
  });

  it('a class that is taken for another, of several', async () => {
    const flags = { ...OF_CLASSES, facet: [], segment: [], score: [] };
    const now = changed(ofClasses(NOW), ({ label, prediction }, i) => ({
      prediction: label === ('b' as never) && i % 2 === 0 ? 'c' : prediction,
    }));
    expect(titleOf(await judge(now, flags, {}, ofClasses(BASE)))).toMatch(
      /^recall of class b \d+ %, \d+ % in the baseline: \d+ % of it is taken for c, was \d+(\.\d+)? %$/,
    );
  });
});

describe('of two classes', () => {
  const before = sliceOf([
    [0.2, 200, 800],
    [0.7, 700, 300],
  ]);
  const why = (metric: string, now: Slice): string | null => whyWorse({ metric, now, before, classes: [] });

  it.each([
    ['positive', [0.2, 200, 500], [0.7, 700, 600], 'more rows are falsely taken for positive (30 %, was 15 %)'],
    ['negative', [0.2, 600, 800], [0.7, 300, 300], 'more rows are falsely taken for negative (30 %, was 10 %)'],
  ] as const)('rows falsely taken for %s', (_, low, high, words) => {
    expect(why('accuracy', sliceOf([[...low], [...high]]))).toBe(words);
  });

  it('nothing where both have come in like parts', () => {
    const now = [
      [0.2, 400, 600],
      [0.7, 500, 500],
    ] as [number, number, number][];
    expect(why('accuracy', sliceOf(now))).toBeNull();
  });

  it.each([
    ['promise too much', [0.4, 200, 800], [0.9, 700, 300], 'the scores promise 65 % positive labels and 45 % came, were 45 % and 45 %'],
    ['rank worse', [0.2, 400, 600], [0.7, 500, 500], 'the scores tell the classes apart less well (ROC AUC 0.551, was 0.753)'],
  ] as const)('scores that %s', (_, low, high, words) => {
    expect(why('brier_score', sliceOf([[...low], [...high]]))).toBe(words);
  });

  it('labels that are harder to foresee, of scores that are right', () => {
    const sure = sliceOf([
      [0.1, 180, 1620],
      [0.7, 140, 60],
    ]);
    const now = sliceOf([
      [0.1, 100, 900],
      [0.7, 700, 300],
    ]);
    expect(whyWorse({ metric: 'brier_score', now, before: sure, classes: [] })).toBe(
      'labels are harder to foresee (40 %, was 16 % positive)',
    );
    const more = sliceOf([
      [0.1, 360, 1311],
      [0.7, 280, 49],
    ]);
    expect(whyWorse({ metric: 'brier_score', now: more, before: sure, classes: [] })).toBe(
      'labels are harder to foresee (32 %, was 16 % positive), and the scores promise 20 %',
    );
  });
});

describe('a reason that is none', () => {
  /** Scores of 0.2 and 0.7, and how many rows of each are predicted positive, whatever the score. */
  const decided = (counts: [tp: number, fp: number, fn: number, tn: number], scores = SCORES): Slice => ({
    ...sliceOf(scores),
    counts: fromConfusion(...counts),
  });
  const SCORES: [number, number, number][] = [
    [0.2, 200, 800],
    [0.7, 700, 300],
  ];
  const BETTER: [number, number, number][] = [
    [0.2, 50, 1000],
    [0.7, 850, 100],
  ];
  const before = decided([700, 300, 200, 800]);
  const why = (metric: string, now: Slice, then = before): string | null => whyWorse({ metric, now, before: then, classes: [] });

  it('predictions that no longer follow the scores, a few fewer of which are positive', () => {
    expect(why('recall', decided([540, 440, 360, 660]))).toBeNull();
    expect(why('specificity', decided([540, 480, 360, 620]))).toBeNull();
    expect(why('recall', decided([540, 230, 360, 870]))).toMatch(/but fewer rows are predicted positive \(39 %, was 50 %\)$/);
  });

  it('predictions turned at random, more of which are positive for it', () => {
    const then = decided([450, 150, 450, 950]);
    expect(why('specificity', decided([440, 320, 460, 780]), then)).toBeNull();
    expect(why('specificity', decided([630, 270, 270, 830]), then)).toMatch(/but more rows are predicted positive \(45 %, was 30 %\)$/);
  });

  it('fewer positive predictions among the labelled rows alone', () => {
    const now = decided([540, 230, 360, 870]);
    expect(why('recall', { ...now, counts: { ...now.counts, positivePrediction: 1000 } })).toBeNull();
  });

  it('a share of positive predictions that moved by next to nothing', () => {
    const now = decided([540, 230, 360, 870]);
    const then = { ...before, counts: { ...before.counts, negativePrediction: 600 } };
    expect(why('recall', { ...now, counts: { ...now.counts, negativePrediction: 0 } }, then)).toBeNull();
  });

  it('shares that read the same have a digit more', () => {
    expect(shares(0.1244, 0.1162)).toBe('12.4 %, was 11.6 %');
    expect(shares(0.12, 0.12)).toBe('12 %, was 12 %');
  });

  it('more positive predictions, where these are the wrong ones', () => {
    expect(why('specificity', decided([400, 620, 500, 480]))).toBeNull();
  });

  it('scores that rank a little less well, where fewer positive predictions made most of the fall', () => {
    const now = decided(
      [280, 100, 620, 1000],
      [
        [0.2, 240, 780],
        [0.7, 660, 320],
      ],
    );
    expect(why('recall', now)).toBe('fewer rows are predicted positive (19 %, was 50 %)');
    expect(
      why(
        'recall',
        decided(
          [540, 460, 360, 640],
          [
            [0.2, 360, 640],
            [0.7, 540, 460],
          ],
        ),
      ),
    ).toMatch(/^the scores tell the classes apart less well/);
  });

  it('scores that rank better do not rank as before', () => {
    expect(why('recall', decided([540, 80, 360, 1020], BETTER))).toMatch(
      /^the scores rank no worse than before \(ROC AUC 0\.9\d*, was 0\.7\d*\), but fewer/,
    );
  });

  it('the lesser of two that would each account for a fall of precision', () => {
    const now = decided([27, 1773, 3, 197]);
    expect(why('precision', now, decided([90, 90, 10, 810]))).toBe('more of the negatives are taken for positive (90 %, was 10 %)');
  });

  it('and no positive labels at all are one, of precision', () => {
    expect(why('precision', decided([0, 300, 0, 700]))).toBe('fewer of the labels are positive (0 %, was 45 %)');
  });
});

describe('of a mean absolute error', () => {
  /** Errors of two sizes, as often the one as the other. */
  const errors = (low: number, high: number, rows = 1000): Slice => {
    const [mean, squares] = [(low + high) / 2, (rows * (high - low) ** 2) / 4];
    const sums = { ...noRegressionSums(), rows, weight: rows, errorMean: mean, errorSquares: squares };
    const absoluteError = (rows * (Math.abs(low) + Math.abs(high))) / 2;
    return { ...sliceOf([]), sums: { ...sums, absoluteError, squaredError: squares + rows * mean ** 2 } };
  };
  const why = (now: Slice, before: Slice): string | null => whyWorse({ metric: 'mean_absolute_error', now, before, classes: [] });

  it('predictions that were right on average are not 1e-17 too high', () => {
    expect(why(errors(-20, 5), errors(-5, 5 + 1e-14))).toBe('predictions are 7.5 too low on average, were right');
  });

  it('a bias that so few rows have by chance is none', () => {
    expect(why(errors(-8.5, 4.5, 30), errors(-5, 5))).toBeNull();
    expect(why(errors(-8.5, 4.5, 3000), errors(-5, 5))).toBe('predictions are 2 too low on average, were right');
  });
});

describe('of several classes', () => {
  const slice = (...cells: number[]): Slice => ({ ...sliceOf([]), matrix: { classes: 3, cells: Float64Array.from(cells) } });
  const why = (now: Slice, before: Slice): string | null => whyWorse({ metric: 'accuracy', now, before, classes: ['a', 'b', 'c'] });

  it('one that is taken for two others is not taken for the one, though others are taken for it less', () => {
    const before = slice(500, 50, 50, 100, 200, 0, 0, 0, 100);
    expect(why(slice(600, 180, 220, 0, 0, 0, 0, 0, 0), before)).toBeNull();
    expect(why(slice(500, 50, 250, 50, 50, 0, 0, 0, 100), before)).toBe('class a is taken for c in 25 % of the rows, was 5 %');
  });
});
