import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import * as fairness from '../../layers/quality/metrics/fairness/index.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases, type Tolerance } from '../reference/cases.ts';

type Row = { label: number; prediction: number; group: string; weight?: number };
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON
type Expected = Record<string, any>;

/** Names in the references that are abbreviated there. */
const LONG: Record<string, string> = {
  tpr: 'true_positive_rate',
  fpr: 'false_positive_rate',
  tnr: 'true_negative_rate',
  fnr: 'false_negative_rate',
  npv: 'negative_predictive_value',
  treatment_equality_fn_over_fp: 'false_negatives_to_false_positives',
};
const nameOf = (key: string): fairness.RateName => (LONG[key] ?? key) as fairness.RateName;
const SHARE = 'predicted_positive_share_of_all_predicted_positives';

/** Counts of the groups, from two tables of every other row merged: the state is additive. */
function groupsOf(rows: Row[]): Map<string, fairness.GroupCounts> {
  const tables = [0, 1].map((part) => {
    const table = fairness.crossTable(['group']);
    rows.forEach(({ label, prediction, group, weight }, i) => {
      if (i % 2 === part) fairness.countRow(fairness.cellAt(table, [group]), label === 1, prediction === 1, weight);
    });
    return table;
  });
  return fairness.groupsOf(fairness.mergeTable(tables[1]!, tables[0]!), ['group']);
}

function wrongRates(groups: fairness.Groups, expected: Expected, tolerance: Tolerance): string[] {
  const of = (counts: fairness.GroupCounts, goals: Expected, name: string): (string | null)[] =>
    Object.entries(goals).map(([key, goal]) => {
      if (key === SHARE) return mismatch(fairness.shareOfPositivePredictions(groups, name).value, goal, tolerance, `${name} ${key}`);
      const got =
        key === 'weight'
          ? fairness.weightOf(counts)
          : key in counts
            ? counts[key as 'rows']
            : fairness.groupRate(counts, nameOf(key)).value;
      return mismatch(got, goal, tolerance, `${name} ${key}`);
    });
  const each = Object.entries(expected.groups as Expected).flatMap(([name, goals]) => of(groups.get(name)!, goals, name));
  return [...of(fairness.sumCounts(groups.values()), expected.overall, 'overall'), ...each].filter((wrong) => wrong !== null);
}

const FAMILY: [string, typeof fairness.demographicParityDifference, typeof fairness.demographicParityRatio][] = [
  ['demographic_parity', fairness.demographicParityDifference, fairness.demographicParityRatio],
  ['equal_opportunity', fairness.equalOpportunityDifference, fairness.equalOpportunityRatio],
];
const GAPS = ['precision', 'accuracy', 'fnr', 'tnr', 'npv', 'false_discovery_rate', 'false_omission_rate'];

function gaps(groups: fairness.Groups): Record<string, number | null> {
  const fairlearn = { reading: 'fairlearn' } as const;
  const got: [string, { value: number | null }][] = FAMILY.flatMap(([name, difference, ratio]) => [
    [`${name}_difference`, difference(groups, fairlearn)],
    [`${name}_ratio`, ratio(groups, fairlearn)],
    [`${name}_difference_to_overall`, difference(groups, { ...fairlearn, against: 'overall' })],
    [`${name}_ratio_to_overall`, ratio(groups, { ...fairlearn, against: 'overall' })],
  ]);
  for (const key of GAPS) {
    got.push([`${key}_difference`, fairness.rateDifference(groups, nameOf(key), fairlearn)]);
    got.push([`${key}_ratio`, fairness.rateRatio(groups, nameOf(key), fairlearn)]);
  }
  got.push(['equalized_odds_difference', fairness.equalizedOddsDifference(groups, fairlearn)]);
  got.push(['equalized_odds_difference_mean', fairness.equalizedOddsDifference(groups, { ...fairlearn, combine: 'mean' })]);
  got.push(['equalized_odds_ratio', fairness.equalizedOddsRatio(groups, fairlearn)]);
  got.push(['equalized_odds_ratio_mean', fairness.equalizedOddsRatio(groups, { ...fairlearn, combine: 'mean' })]);
  got.push(['theil_index', fairness.theilIndex(groups)]);
  got.push([
    'generalised_entropy_2',
    fairness.generalizedEntropy({ facet: fairness.sumCounts(groups.values()), rest: fairness.emptyCounts() }),
  ]);
  got.push(['between_group_theil', fairness.betweenGroupEntropy(groups, 1)]);
  got.push(['between_group_generalised_entropy_2', fairness.betweenGroupEntropy(groups, 2)]);
  return Object.fromEntries(got.map(([key, { value }]) => [key, value]));
}

/** What we get wrong of every value a summary has; a key we do not know is wrong as well. */
function wrongSummary(groups: fairness.Groups, expected: Expected, tolerance: Tolerance): string[] {
  const got = gaps(groups);
  const plain = Object.keys(expected).filter((key) => typeof expected[key] !== 'object');
  const wrong = plain.map((key) => (key in got ? mismatch(got[key]!, expected[key], tolerance, key) : `${key} is not computed`));
  return [...wrongRates(groups, expected, tolerance), ...wrong.filter((each) => each !== null)];
}

function wrongDisparities(groups: fairness.Groups, base: string, expected: Expected, tolerance: Tolerance): string[] {
  const to = groups.get(base)!;
  const share = (name: string): number => fairness.shareOfPositivePredictions(groups, name).value ?? Number.NaN;
  return Object.entries(expected).flatMap(([name, goals]) => {
    const of = groups.get(name)!;
    const get = (key: string): number | null => {
      if (key === 'average_odds_difference') return fairness.averageOddsDifference(of, to).value;
      if (key === `${SHARE}_ratio`) return fairness.positivePredictionRatio(of, to).value;
      if (key === `${SHARE}_difference`) return share(name) - share(base);
      const [, rate, kind] = /^(.*)_(ratio|difference)$/.exec(key)!;
      return fairness.disparity(of, to, nameOf(rate!))[kind as 'ratio'].value;
    };
    return Object.entries(goals as Expected).flatMap(([key, goal]) => {
      const rate = key.replace('_within_0.8_to_1.25', '');
      if (rate === key) return mismatch(get(key), goal, tolerance, `${name} ${key}`) ?? [];
      return fairness.withinParity({ value: get(`${rate}_ratio`) }) === goal ? [] : [`${name} ${key}`];
    });
  });
}

const named = (cases: Case[]): [string, Case][] => cases.map((each) => [each.id, each]);

describe('group rates, gaps and disparities agree with Fairlearn and the formulas', () => {
  it.each(named(readCases('fairness')))('%s', (_, { inputs, expected, tolerance }) => {
    const rows = inputs.label.map((label: number, i: number): Row => {
      const [prediction, group, weight] = [inputs.prediction[i], inputs.group[i], inputs.weight?.[i]];
      return { label, prediction, group, weight };
    });
    const { against_group_a, ...summary } = expected;
    const groups = groupsOf(rows);
    expect([...wrongSummary(groups, summary, tolerance), ...wrongDisparities(groups, 'a', against_group_a, tolerance)]).toEqual([]);
  });
});

function compas({ group, where }: Expected): Row[] {
  const [head, ...lines] = readFileSync(join(dataFolder, 'compas_for_aequitas.csv'), 'utf8').trim().split(/\r?\n/);
  const columns = head!.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [columns[i]!, value])));
  const facets = (group as string).replace(" joined by ' | '", '').split(' x ');
  const kept = rows.filter((row) => where === undefined || where.in.includes(row[where.column]));
  return kept.map((row) => ({
    label: Number(row.label_value),
    prediction: Number(row.score) >= 0.5 ? 1 : 0,
    group: facets.map((facet) => row[facet]).join(' | '),
  }));
}

async function adult({ prediction, weight }: Expected): Promise<Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
  const database = await Database.open({ scratch, memoryMB: 512, threads: 1, allowed: [dataFolder] });
  const { intercept, 'sex is Male': male, ...slopes } = prediction['linear at least 0'];
  const terms = Object.entries(slopes).map(([column, slope]) => `${slope} * CAST("${column}" AS DOUBLE)`);
  const logit = [intercept, ...terms, `CASE WHEN sex = 'Male' THEN ${male} ELSE 0 END`].join(' + ');
  const rows = await database.rows<Row>(
    `SELECT CAST(class = '>50K' AS INTEGER) AS label, CAST(${logit} >= 0 AS INTEGER) AS prediction, CAST(sex AS VARCHAR) AS "group",
       CAST(${weight === undefined ? 1 : weight} AS DOUBLE) AS weight FROM ${parquetTable([join(dataFolder, 'adult.parquet')])}`,
  );
  database.close();
  rmSync(scratch, { recursive: true });
  return rows;
}

describe.skipIf(!hasData)('over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  const cases = readDataCases('fairness');
  it.each(named(cases))('%s', async (_, { source, expected, tolerance }) => {
    const groups = groupsOf(source.file === 'adult.parquet' ? await adult(source) : compas(source));
    const { base, ...goals } = expected;
    if (base === undefined) expect(wrongSummary(groups, goals, tolerance)).toEqual([]);
    else expect(wrongDisparities(groups, base, goals, tolerance)).toEqual([]);
  });
  it('finds the largest group as the references do', () => {
    for (const { source, expected } of cases.filter(({ id }) => id.endsWith('against_majority')))
      expect(fairness.largestGroup(groupsOf(compas(source)))).toBe(expected.base);
  });
});
