import { describe, expect, it } from 'vitest';
import type { Judged } from '../../layers/quality/checks/verdict.ts';
import type { ColumnCase } from '../../layers/quality/diagnosis/evidence.ts';
import { findingsOf } from '../../layers/quality/diagnosis/findings.ts';

/** An accuracy that fell by so much, at a standard error. */
function fall(segment: string | null, effect: number, error: number, metric = 'accuracy'): ColumnCase {
  const tail = (z: number): number => Math.exp((-z * z) / 2) / (z * Math.sqrt(2 * Math.PI));
  const check: Judged = {
    ...{ id: `performance/${metric}${segment === null ? '' : `@${segment}`}`, column: null, metric, factor: 'accuracy', segment },
    ...{ threshold: { warn: 0.02, fail: 0.05, direction: 'below', source: 'default' }, bounds: 'effect', verdict: 'fail' },
    ...{ measurement: { value: 0.8 - effect, expected: 0.8, effect, pValue: tail(effect / error) }, adjustedPValue: 0.001 },
    subject: segment === null ? 'performance' : `segment ${segment}`,
  };
  return { name: check.subject!, column: null, checks: [check], current: null, baseline: null, showValues: false };
}
const named = (...cases: ColumnCase[]): string[][] => findingsOf(cases).map(({ segments }) => segments);

describe('A segment that fell', () => {
  it('as all rows did comes after them, however far chance let it fall', () => {
    expect(named(fall(null, 0.06, 0.006), fall('region=N', 0.09, 0.015))).toEqual([[], ['region=N']]);
  });
  it('surely further than all rows comes first', () => {
    expect(named(fall(null, 0.06, 0.006), fall('region=N', 0.2, 0.015))).toEqual([['region=N'], []]);
  });
  it('in what all rows did not fall in comes first where it is worse', () => {
    expect(named(fall(null, 0.06, 0.006), fall('region=N', 0.09, 0.015, 'recall'))).toEqual([['region=N'], []]);
  });
  it('as a segment it lies within did comes after that one', () => {
    const [north, loans] = [fall('region=N', 0.2, 0.01), fall('region=N, product=loan', 0.23, 0.015)];
    expect(named(fall(null, 0.06, 0.006), loans, north)).toEqual([['region=N'], [], ['region=N, product=loan']]);
    expect(named(fall(null, 0.06, 0.006), fall('region=S, product=loan', 0.23, 0.015), north)[0]).toEqual(['region=S, product=loan']);
    expect(named(fall('product=loan, region=N', 0.3, 0.015), north)[0]).toEqual(['product=loan, region=N']);
    expect(named(fall('product=loan, region=N', 0.23, 0.015), north)[0]).toEqual(['region=N']);
  });
  it('alone is a finding of its own', () => {
    expect(named(fall('region=S', 0.06, 0.01), fall('region=N', 0.09, 0.015))).toEqual([['region=N'], ['region=S']]);
  });
});
