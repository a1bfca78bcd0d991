import { describe, expect, it } from 'vitest';
import { byInterval, byValue, type ColumnFacts, clarifyKind, type Scalar } from '../../layers/quality/metrics/fairness/index.ts';

const facts = (type: ColumnFacts['type'], distinct: number, count: number, integerLike = false): ColumnFacts => ({
  type,
  integerLike,
  distinct,
  count,
});

describe('the kind of a column as smclarify guesses it', () => {
  it.each<[string, ColumnFacts, Scalar[], string]>([
    ['categories', facts('category', 3, 3), [2], 'categorical'],
    ['several values given', facts('float', 3, 3), [1, 2], 'categorical'],
    ['floats', facts('float', 3, 100), [2], 'continuous'],
    ['text', facts('text', 2, 3), ['yes'], 'categorical'],
    ['text of numbers', facts('text', 3, 3, true), [2], 'continuous'],
    ['few numbers as text', facts('text', 2, 41, true), [2], 'categorical'],
    ['numbers', facts('integer', 3, 3), [2], 'continuous'],
    ['few numbers', facts('integer', 2, 41), [2], 'categorical'],
    ['one in twenty', facts('integer', 1, 20), [2], 'continuous'],
    ['booleans', facts('boolean', 2, 2), [true], 'categorical'],
  ])('%s', (_, column, given, kind) => {
    expect(clarifyKind(column, given)).toBe(kind);
  });
});

describe('what is selected and how it is written', () => {
  it('by value', () => {
    expect([[2], [1, 2], ['yes'], [true]].map((given) => byValue(given as Scalar[]).label)).toEqual(['2', '1,2', 'yes', 'True']);
    expect(['1', 1, '3', null].map((value) => byValue([1, 2]).includes(value as Scalar))).toEqual([true, true, false, false]);
  });
  it('by interval, as smclarify', () => {
    const written = (threshold: number, maximum: number, float = false): string => byInterval([threshold], maximum, 'clarify', float).label;
    expect([written(2, 3, true), written(0, 3, true), written(5, 3, true)]).toEqual(['(2.0, 3.0]', '(0.0, 3.0]', '(3.0, 5.0]']);
    expect([written(2, 3), written(1, 0), written(2, 4)]).toEqual(['(2, 3]', '(0, 1]', '(2, 4]']);
    expect([2, 3, 4, 5].map(byInterval([2], 4, 'clarify').includes)).toEqual([false, true, true, false]);
    expect([3, 4, 5, 6].map(byInterval([5], 3, 'clarify').includes)).toEqual([false, true, true, false]);
  });
  it('by interval, without an upper end', () => {
    const { label, includes } = byInterval([5], 3);
    expect([label, ...[5, 6, 1e9].map(includes)]).toEqual(['> 5', false, true, true]);
  });
});

describe('one rule for several thresholds', () => {
  it('gives the intervals between them as smclarify', () => {
    expect(byInterval([1, 3], 9, 'clarify').label).toBe('(1, 3],(3, 9]');
    expect(byInterval([1, 9], -9, 'clarify').label).toBe('(1, 9]');
  });
});
