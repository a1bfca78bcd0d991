import { describe, expect, it } from 'vitest';
import { type Occurrences, repeats } from '../../layers/quality/checks/repeats.ts';
import { addHash, createBottomK } from '../../layers/quality/states/bottom-k.ts';
import { draws } from './draw.ts';

const KEPT = 256;
const ROWS = 5000;

/** Rows of which a share has one value, whose hash is among the smallest or not; all others are different. */
function occurrences(seed: number, heavy: number, sampled = false): Occurrences {
  const { uniform } = draws(seed);
  const sketch = createBottomK(KEPT);
  const many = Math.round(heavy * ROWS);
  if (many > 0) addHash(sketch, Math.floor((sampled ? 0.001 : 0.9) * 2 ** 48), many);
  for (let i = many; i < ROWS; i++) addHash(sketch, Math.floor(uniform() * 2 ** 48), 1);
  return { rows: ROWS, sketch };
}

const measured = (current: Occurrences, seed = 2) =>
  repeats('uniqueness/id', 'uniqueness', 'id', { current, baseline: occurrences(seed, 0), growth: 1 }, { settings: {}, minimumRows: 30 })!
    .measurement!;

describe('repeats of one value that makes up a quarter of the rows', () => {
  it.each([false, true])('are found, and their share told, whether it is in the sample: %s', (sampled) => {
    const found = [1, 3, 5, 7].map((seed) => measured(occurrences(seed, 0.5, sampled)));
    for (const { value, pValue } of found) {
      expect(Math.abs(value - 0.5)).toBeLessThan(0.15);
      expect(pValue).toBeLessThan(1e-6);
    }
  });
  it('are found where they are a tenth, and that one is in the sample', () => {
    for (const seed of [1, 3, 5, 7]) {
      const { value, pValue } = measured(occurrences(seed, 0.1, true));
      expect(value).toBeCloseTo(0.1, 2);
      expect(pValue).toBeLessThan(1e-6);
    }
  });
  it('are not seen where there are none', () => {
    const found = Array.from({ length: 200 }, (_, i) => measured(occurrences(10 + i, 0), 1000 + i));
    expect(found.filter(({ pValue }) => pValue! < 0.001).length).toBeLessThanOrEqual(1);
    expect(Math.max(...found.map(({ value }) => value))).toBeLessThan(0.4);
  });
});

it('of so few values that all are known, repeats are counted, however their shares round', () => {
  const of = (rows: number, repeated: number): Occurrences => {
    const sketch = createBottomK(1024);
    for (let i = 0; i < rows - repeated; i++) addHash(sketch, (i + 1) * 2 ** 32, i < repeated ? 2 : 1);
    return { rows, sketch };
  };
  const found = (now: Occurrences, baseline: Occurrences) =>
    repeats('duplicate_rows', 'duplicate_row_share', null, { current: now, baseline, growth: 1 }, { settings: {}, minimumRows: 30 })!
      .measurement!;
  for (let repeated = 0; repeated <= 120; repeated++) {
    const alike = found(of(600, repeated), of(600, repeated));
    expect([repeated, alike.value, alike.pValue! > 0.3]).toEqual([repeated, repeated / 600, true]);
    if (repeated < 20) expect([repeated, found(of(600, repeated + 5), of(600, repeated)).pValue! > 0.01]).toEqual([repeated, true]);
    if (repeated >= 60) expect([repeated, found(of(600, repeated), of(600, 0)).pValue! < 1e-9]).toEqual([repeated, true]);
  }
});
