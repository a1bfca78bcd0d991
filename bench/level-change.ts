import { seededDraws } from '../layers/quality/math/intervals/seeded-draws.ts';
import { lastLevelChange } from '../layers/quality/math/level-change.ts';

/** How often a step is found in series of windows, where there is one and where there is none: `npx tsx bench/level-change.ts`. LEVEL_SERIES series (1,000) of each kind. */
const COUNT = Number(process.env.LEVEL_SERIES ?? 1000);
const WINDOWS = 31;
const draw = seededDraws('level change bench');
const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
const series = (of: (i: number) => number, windows = WINDOWS): number[] => Array.from({ length: windows }, (_, i) => of(i));

function row(what: string, make: () => number[], at?: number): void {
  let [found, near] = [0, 0];
  for (let i = 0; i < COUNT; i++) {
    const change = lastLevelChange(make());
    if (change === null) continue;
    found++;
    if (at !== undefined && Math.abs(change.at - at) <= 1) near++;
  }
  const share = (count: number): string => `${((100 * count) / COUNT).toFixed(1)} %`;
  process.stdout.write(`| ${what} | ${share(found)} | ${at === undefined ? '' : share(near)} |\n`);
}

/** Values of which each is like the one before. */
const wandering = (by: number): number[] => {
  let value = normal() / Math.sqrt(1 - by * by);
  return series(() => (value = by * value + normal()));
};
const chosen = (make: () => number[], good: (values: number[]) => boolean): number[] => {
  for (;;) {
    const values = make();
    if (good(values)) return values;
  }
};
const aboveQuartile = (values: number[]): boolean => {
  const quartile = values.toSorted((a, b) => a - b)[23]!;
  return values.slice(-3).every((value) => value > quartile);
};
const step = (size: number, ago: number, windows: number) => () => series((i) => normal() + (i >= windows - ago ? size : 0), windows);

process.stdout.write('| series | a step found | at its window or one beside it |\n|---|---|---|\n');
row('normal', () => series(normal));
row('normal, 12 windows', () => series(normal, 12));
row('Cauchy', () => series(() => Math.tan(Math.PI * (draw() - 0.5))));
row('five of six zero', () => series(() => Math.max(0, normal() - 1)));
for (const by of [0.3, 0.5, 0.7, 0.9]) row(`neighbours correlated by ${by}`, () => wandering(by));
for (const size of [1, 2])
  row(`a daily wave of ± ${size}`, () => {
    const phase = draw() * 24;
    return series((i) => size * Math.sin((2 * Math.PI * (i + phase)) / 24) + normal());
  });
row('normal, the last three in the upper quartile', () => chosen(() => series(normal), aboveQuartile));
for (const size of [3, 4, 6])
  for (const ago of [3, 5, 15]) row(`step of ${size}, ${ago} windows ago`, step(size, ago, WINDOWS), WINDOWS - ago);
row('step of 4, 5 windows ago, of 12', step(4, 5, 12), 7);
row('steps of 5 at a third and at two thirds', () => series((i) => normal() + 5 * Math.floor(i / 10.5)), 21);
for (const rise of [2, 5, 8]) row(`slow rise by ${rise} in all`, () => series((i) => normal() + (rise * i) / (WINDOWS - 1)));
row('level, then a rise by 10 over the second half', () => series((i) => normal() + (i > 15 ? (10 * (i - 15)) / 15 : 0)));
