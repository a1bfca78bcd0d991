import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as fairness from '../../layers/quality/metrics/fairness/index.ts';

const { fromConfusion, emptyCounts } = fairness;
const groups = (of: Record<string, fairness.GroupCounts>): fairness.Groups => new Map(Object.entries(of));

describe('metrics without a value say why', () => {
  const some = fromConfusion(1, 1, 1, 1);
  const valuesOf = (split: fairness.Split): Record<string, string | undefined> =>
    Object.fromEntries(
      fairness
        .clarifyValues(split, 'no rows at hand')
        .map(({ metric, value, reason }) => [metric.code, value === null ? reason : undefined]),
    );

  it.each<[string, fairness.Split, Record<string, string>]>([
    [
      'no facet rows',
      { facet: emptyCounts(), rest: some },
      { CI: 'no rows in the facet', DI: 'no rows in the facet', KL: 'no labels in the facet' },
    ],
    ['nothing else', { facet: some, rest: emptyCounts() }, { CI: 'no rows outside the facet', AD: 'no rows outside the facet' }],
    [
      'a facet never chosen',
      { facet: fromConfusion(0, 0, 2, 2), rest: some },
      { DAR: 'no positive predictions in the facet', DCA: 'no positive predictions in the facet', TE: 'no false positives in the facet' },
    ],
    ['others never chosen', { facet: some, rest: fromConfusion(0, 0, 2, 2) }, { DI: 'no positive predictions outside the facet' }],
    [
      'a facet without negative labels',
      { facet: fromConfusion(2, 0, 1, 0), rest: some },
      { SD: 'no negative labels in the facet', KL: 'infinite: a class has no labels in the facet', RD: '' },
    ],
    [
      'only false negatives',
      { facet: fromConfusion(0, 0, 1, 0), rest: fromConfusion(0, 0, 1, 0) },
      { GE: 'every row is a false negative', CDDL: 'no group variable', FT: 'no rows at hand' },
    ],
  ])('%s', (_, split, reasons) => {
    const got = valuesOf(split);
    for (const [code, reason] of Object.entries(reasons)) expect([code, got[code] ?? '']).toEqual([code, reason]);
  });

  it('never gives NaN or infinity by default, whatever the counts', () => {
    const counts = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)).map((cells) => fromConfusion(...cells));
    fc.assert(
      fc.property(counts, counts, counts, counts, (a, b, c, d) => {
        const strata = [
          { facet: a, rest: b },
          { facet: c, rest: d },
        ];
        const split = { facet: fairness.sumCounts([a, c]), rest: fairness.sumCounts([b, d]), strata };
        for (const { value, reason } of fairness.clarifyValues(split, 'no rows'))
          expect(value === null ? reason !== undefined : Number.isFinite(value)).toBe(true);
      }),
    );
  });
  it('has no conditional disparity of an empty facet, which Clarify has at 0', () => {
    const split = { facet: emptyCounts(), rest: some, strata: [{ facet: emptyCounts(), rest: some }] };
    expect(fairness.conditionalDemographicDisparityInLabels(split).reason).toBe('no rows in the facet');
    expect(fairness.conditionalDemographicDisparityInLabels(split, 'clarify').value).toBe(0);
  });
  it('agrees with Clarify wherever nothing is empty', () => {
    const counts = fc
      .tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 1, max: 50 })))
      .map(([a, b, c, d]) => fromConfusion(a!, b!, c!, d!));
    fc.assert(
      fc.property(counts, counts, (facet, rest) => {
        const split = { facet, rest, strata: [{ facet, rest }] };
        const clarify = fairness.clarifyValues(split, 'no rows', 'clarify');
        for (const [i, { metric, value }] of fairness.clarifyValues(split, 'no rows').entries())
          if (value !== null) expect([metric.code, value]).toEqual([metric.code, expect.closeTo(clarify[i]!.value!, 12)]);
      }),
    );
  });
});

describe('states', () => {
  it('count labels and predictions of rows that have only one of them', () => {
    const counts = emptyCounts();
    for (const [label, prediction] of [
      [true, null],
      [false, null],
      [null, true],
      [null, null],
      [true, true],
    ] as const)
      fairness.countRow(counts, label, prediction, 2);
    expect([fairness.labelsOf(counts), fairness.predictionsOf(counts)]).toEqual([
      { positive: 4, negative: 2 },
      { positive: 4, negative: 0 },
    ]);
    expect([counts.rows, fairness.weightOf(counts), fairness.judgedWeight(counts)]).toEqual([5, 10, 2]);
  });
  it('leave rows without a facet value out; Clarify has them among the others', () => {
    const table = fairness.crossTable(['sex', 'age']);
    for (const [sex, age] of [
      ['F', 1],
      ['M', 1],
      [null, 2],
      ['F', null],
    ] as const)
      fairness.countRow(fairness.cellAt(table, [sex, age]), true, true);
    const split = (reading: fairness.Reading) => fairness.splitBy(table, 'sex', (value) => value === 'F', 'age', reading);
    expect([split('default').facet.rows, split('default').rest.rows, split('default').strata!.length]).toEqual([2, 1, 1]);
    expect([split('clarify').facet.rows, split('clarify').rest.rows, split('clarify').strata!.length]).toEqual([2, 2, 2]);
    expect([...fairness.groupsOf(table, ['sex', 'age']).keys()]).toEqual(['F | 1', 'M | 1']);
  });
});

describe('conditional demographic disparity', () => {
  it('leaves strata without a choice out, which Clarify counts as if the facet had no share', () => {
    const even = { facet: fromConfusion(1, 0, 0, 1), rest: fromConfusion(1, 0, 0, 1) };
    const refused = { facet: fromConfusion(0, 0, 0, 3), rest: fromConfusion(0, 0, 0, 1) };
    const split = {
      facet: fairness.sumCounts([even.facet, refused.facet]),
      rest: fairness.sumCounts([even.rest, refused.rest]),
      strata: [even, refused],
    };
    expect(fairness.conditionalDemographicDisparityInLabels(split).value).toBe(0);
    expect(fairness.conditionalDemographicDisparityInLabels(split, 'clarify').value).toBe(0.375);
  });
});

describe('gaps between groups', () => {
  const three = groups({ a: fromConfusion(3, 1, 1, 3), b: fromConfusion(0, 2, 0, 2), c: fromConfusion(1, 1, 1, 1) });
  it('leave a group without the rate out, where Fairlearn takes 0', () => {
    expect(fairness.equalOpportunityDifference(three).value).toBe(0.25);
    expect(fairness.equalOpportunityDifference(three, { reading: 'fairlearn' }).value).toBe(0.75);
    expect(fairness.equalizedOddsDifference(three).value).toBe(0.25);
    expect(fairness.equalOpportunityRatio(three).value).toBeCloseTo(2 / 3, 12);
    expect(fairness.demographicParityDifference(three).value).toBe(0);
  });
  it('need two groups, and for a ratio someone chosen', () => {
    const two = groups({ a: fromConfusion(1, 0, 0, 1), b: fromConfusion(0, 1, 0, 1) });
    expect(fairness.equalOpportunityDifference(two).reason).toBe('fewer than two groups with a true positive rate');
    expect(fairness.equalizedOddsRatio(two).value).toBeNull();
    const refused = groups({ a: fromConfusion(0, 0, 1, 1), b: fromConfusion(0, 0, 1, 1) });
    expect(fairness.demographicParityRatio(refused)).toEqual({ value: null, reason: 'the rate is 0 in every group' });
    expect(fairness.demographicParityDifference(refused).value).toBe(0);
  });
});

describe('base groups and the four-fifths rule', () => {
  const hired = groups({
    a: fromConfusion(48, 0, 0, 32),
    b: fromConfusion(12, 0, 0, 28),
    c: fromConfusion(24, 0, 0, 26),
    d: fromConfusion(2, 0, 0, 0),
  });
  it('bases on the highest rate of a group that is large enough', () => {
    const rule = (minimum: number) => fairness.fourFifthsRule(hired, minimum).map(({ impactRatio, holds }) => [impactRatio.value, holds]);
    expect(rule(10)).toEqual([
      [1, true],
      [0.5, false],
      [0.8, true],
      [null, null],
    ]);
    expect(rule(1)[0]).toEqual([0.6, false]);
    const refusals = fairness.fourFifthsRule(hired, 10, 'negative').map(({ holds }) => holds);
    expect(refusals).toEqual([false, true, false, null]);
  });
  it('says why a group is not judged', () => {
    const rule = fairness.fourFifthsRule(groups({ a: fromConfusion(0, 0, 0, 9), b: emptyCounts() }));
    expect(rule.map(({ impactRatio }) => impactRatio.reason)).toEqual(['no favourable predictions in any group', 'no predictions']);
  });
  it('finds the largest and the best group', () => {
    expect(fairness.largestGroup(hired)).toBe('a');
    expect([fairness.bestGroup(hired, 'selection_rate'), fairness.bestGroup(hired, 'selection_rate', 10)]).toEqual(['d', 'a']);
    expect([fairness.bestGroup(hired, 'selection_rate', 10, true), fairness.bestGroup(hired, 'false_positive_rate', 10)]).toEqual([
      'b',
      'a',
    ]);
    expect(fairness.bestGroup(groups({}), 'accuracy')).toBeNull();
  });
  it('compares a group with its base', () => {
    const [a, b] = [hired.get('a')!, hired.get('b')!];
    expect(fairness.disparity(b, a, 'selection_rate')).toEqual({ ratio: { value: 0.5 }, difference: { value: expect.closeTo(-0.3, 12) } });
    expect(fairness.disparity(hired.get('d')!, a, 'false_positive_rate').ratio.reason).toBe('no negative labels');
    expect(fairness.disparity(a, hired.get('d')!, 'false_positive_rate').ratio.reason).toBe('no negative labels in the base group');
  });
});
