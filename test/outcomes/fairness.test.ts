import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quoteText } from '../../layers/quality/engine/database.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases, type Tolerance } from '../reference/cases.ts';
import { type Flags, faultsOf, metricOf, metricValue, outcomeLab } from './lab.ts';

const lab = outcomeLab();
const RATES: Record<string, string> = {
  selection_rate: 'selection_rate',
  base_rate: 'base_rate',
  tpr: 'true_positive_rate',
  fpr: 'false_positive_rate',
  precision: 'precision',
  accuracy: 'accuracy',
};
const GAPS = [
  'demographic_parity_difference',
  'demographic_parity_ratio',
  'equal_opportunity_difference',
  'equalized_odds_difference',
  'equalized_odds_ratio',
];

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON
type Expected = any;
type Judged = Awaited<ReturnType<typeof lab.check>>;

/** Fairlearn's gaps; over the groups of 5 rows or more, where there are smaller ones: no baseline knows a value of fewer rows. */
function gapsOf(expected: Expected): Expected {
  const groups = Object.values(expected.groups as Record<string, Record<string, number>>);
  const known = groups.filter(({ rows }) => rows! >= 5);
  if (known.length === groups.length) return expected;
  const span = (key: string): { difference: number; ratio: number } => {
    const rates = known.map((group) => Number(group[key]));
    return { difference: Math.max(...rates) - Math.min(...rates), ratio: Math.min(...rates) / Math.max(...rates) };
  };
  const [chosen, found, alarmed] = ['selection_rate', 'tpr', 'fpr'].map(span);
  return {
    demographic_parity_difference: chosen!.difference,
    demographic_parity_ratio: chosen!.ratio,
    equal_opportunity_difference: found!.difference,
    equalized_odds_difference: Math.max(found!.difference, alarmed!.difference),
    equalized_odds_ratio: Math.min(found!.ratio, alarmed!.ratio),
  };
}

/** Rates of each group, in metrics and section, and gaps, that are not the reference's. */
function wrongGroups(report: Judged, facet: string, expected: Expected, tolerance: Tolerance): (string | null)[] {
  const wrong: (string | null)[] = [];
  const section = report.fairness!.facets.find((each) => each.facet === facet)!;
  for (const [name, rates] of Object.entries(expected.groups as Record<string, Record<string, number | string>>)) {
    if (Number(rates.rows) < 5) continue;
    const group = section.groups.find((each) => each.name === name);
    if (group === undefined) {
      wrong.push(`${name} is not shown`);
      continue;
    }
    if (group.rows !== rates.rows) wrong.push(`${name}: ${group.rows} rows`);
    for (const [key, id] of Object.entries(RATES)) {
      wrong.push(mismatch(metricValue(report, id, { facet: `${facet}=${name}` }), rates[key]!, tolerance, `${key} of ${name}`));
      wrong.push(mismatch(group.rates[id]?.value ?? null, rates[key]!, tolerance, `${key} of ${name} in the section`));
    }
  }
  const gaps = gapsOf(expected);
  for (const gap of GAPS) wrong.push(mismatch(metricValue(report, gap, { facet }), gaps[gap], tolerance, gap));
  return wrong.filter((each) => each !== null);
}

describe.skipIf(!hasData)('of COMPAS and adult (skipped: ../shared/data and ../shared/reference are not here)', () => {
  const cases = readDataCases('fairness');
  const compas = join(dataFolder, 'compas_for_aequitas.csv');
  const table = (): Promise<string> =>
    lab.parquet(
      `SELECT *, race || ' | ' || sex AS racexsex, race || ' | ' || age_cat AS racexage_cat FROM read_csv(${quoteText(compas)}) ORDER BY entity_id`,
    );
  const flags: Flags = {
    label: 'label_value',
    prediction: 'score',
    id: 'entity_id',
    facet: ['race', 'sex', 'age_cat', 'racexsex', 'racexage_cat'],
    favourable: 'negative',
  };
  let judged: Promise<Judged> | undefined;
  const report = (): Promise<Judged> =>
    (judged ??= table().then(async (path) => lab.check(await lab.baseline(path, flags), path, flags, { minimumRows: 1 })));

  it.each(['race', 'sex', 'age_cat', 'racexsex', 'racexage_cat'])(
    'rates by %s and the gaps between groups are Fairlearn’s',
    async (facet) => {
      const { expected, tolerance } = cases.find(({ id }) => id === `compas.${facet}`)!;
      expect(wrongGroups(await report(), facet, expected, tolerance)).toEqual([]);
      expect(faultsOf(await report())).toEqual([]);
    },
  );

  it('a race against all other rows: differences of rates, with those of two sexes as Aequitas has them', async () => {
    const { expected, tolerance } = cases.find(({ id }) => id === 'compas.sex.against_majority')!;
    const got = await report();
    const of = { facet: 'sex=Female' };
    const wrong = [
      mismatch(metricValue(got, 'selection_rate_difference', of), expected.Female.selection_rate_difference, tolerance, 'selection_rate'),
      mismatch(metricValue(got, 'true_positive_rate_difference', of), expected.Female.tpr_difference, tolerance, 'tpr'),
      mismatch(metricValue(got, 'false_positive_rate_difference', of), expected.Female.fpr_difference, tolerance, 'fpr'),
      mismatch(metricValue(got, 'disparate_impact', of), expected.Female.selection_rate_ratio, tolerance, 'disparate impact'),
      mismatch(metricValue(got, 'accuracy_difference', of), -expected.Female.accuracy_difference, tolerance, 'accuracy'),
    ];
    expect(wrong.filter((each) => each !== null)).toEqual([]);
    expect(got.fairness!.facets.find(({ facet }) => facet === 'sex')!.largest).toBe('sex=Male');
  });

  it('the impact ratio is the share of favourable (negative) predictions over the most favoured group’s', async () => {
    const { expected } = cases.find(({ id }) => id === 'compas.race')!;
    const got = await report();
    const shares = Object.entries(expected.groups as Record<string, { selection_rate: number }>).map(
      ([name, { selection_rate }]) => [name, 1 - selection_rate] as const,
    );
    const best = Math.max(...shares.map(([, share]) => share));
    for (const [name, share] of shares)
      expect(
        mismatch(metricValue(got, 'impact_ratio', { facet: `race=${name}` }), share / best, { rel: 1e-9, abs: 1e-12 }, name),
      ).toBeNull();
    expect(got.fairness!.facets[0]!.best).toBe(`race=${shares.find(([, share]) => share === best)![0]}`);
  });

  it('race × sex is found where the two facets meet, with the rates of the joined column', async () => {
    const only = { ...flags, facet: ['race', 'sex'] };
    const path = await table();
    const got = await lab.check(await lab.baseline(path, only), path, only, { minimumRows: 1 });
    const { expected } = cases.find(({ id }) => id === 'compas.racexsex')!;
    expect(got.fairness!.intersections.length).toBe(10);
    for (const { name, rows, selectionRate } of got.fairness!.intersections) {
      const [, race, sex] = /^race=(.*), sex=(.*)$/.exec(name)!;
      const group = expected.groups[`${race} | ${sex}`];
      expect([name, rows, selectionRate!.value]).toEqual([name, group.rows, expect.closeTo(group.selection_rate, 12)]);
    }
  });

  it('African-American and Caucasian rows only', async () => {
    const { expected, tolerance } = cases.find(({ id }) => id === 'compas.two_races')!;
    const path = await lab.parquet(`SELECT * FROM read_csv(${quoteText(compas)}) WHERE race IN ('African-American', 'Caucasian')`);
    const only = { ...flags, facet: ['race'] };
    expect(wrongGroups(await lab.check(await lab.baseline(path, only), path, only), 'race', expected, tolerance)).toEqual([]);
  });

  it.each(['adult_logit.sex', 'adult_logit.sex.weighted'])('%s', async (id) => {
    const { expected, tolerance, source } = cases.find((each) => each.id === id)!;
    const path = await lab.parquet(
      `SELECT *, (-8 + 0.03125 * age + 0.3125 * "education-num" + 0.03125 * "hours-per-week" + 6.103515625e-05 * "capital-gain" + (trim(sex::VARCHAR) = 'Male')::INT) AS z, CASE WHEN z >= 0 THEN '>50K' ELSE '<=50K' END AS yes FROM read_parquet(${quoteText(join(dataFolder, 'adult.parquet'))})`,
    );
    const adult: Flags = {
      label: 'class',
      prediction: 'yes',
      facet: ['sex'],
      positive: ['>50K'],
      ...(source.weight !== undefined && { weight: 'fnlwgt' }),
    };
    const got = await lab.check(await lab.baseline(path, adult), path, adult, { minimumRows: 1 });
    expect(wrongGroups(got, 'sex', expected, tolerance)).toEqual([]);
    expect(faultsOf(got)).toEqual([]);
  });
});

describe('of small tables with awkward groups', () => {
  const cases = readCases('fairness').filter(({ id, inputs }) => id.startsWith('groups.') && inputs?.group !== undefined);
  it.each(cases.map((each): [string, Case] => [each.id, each]))('%s', async (_, { inputs, expected, tolerance }) => {
    // Five times the rows: fewer are not shown.
    const rows = (inputs.group as string[]).flatMap((group, i) =>
      Array.from({ length: 5 }, () => [group, inputs.label[i], inputs.prediction[i], inputs.weight?.[i] ?? 1]),
    );
    const flags: Flags = {
      ...{ label: 'label', prediction: 'prediction', facet: ['group'], positive: ['1'] },
      ...(inputs.weight !== undefined && { weight: 'weight' }),
    };
    const got = await lab.check(null, lab.csv(['group', 'label', 'prediction', 'weight'], rows), flags, { minimumRows: 1 });
    const section = got.fairness!.facets[0]!;
    const wrong: (string | null)[] = [];
    for (const [name, rates] of Object.entries(expected.groups as Record<string, Record<string, number>>))
      for (const [key, id] of Object.entries(RATES)) {
        const row = metricOf(got, id, { facet: `group=${name}` });
        wrong.push(mismatch(row.value === null ? null : Number(row.value), rates[key]!, tolerance, `${key} of ${name}`));
        if (row.value === null) expect([name, id, row.reason]).toEqual([name, id, expect.stringMatching(/./)]);
        wrong.push(mismatch(section.groups.find((each) => each.name === name)!.rates[id]?.value ?? null, rates[key]!, tolerance, id));
      }
    expect(wrong.filter((each) => each !== null)).toEqual([]);
    const missing = Object.values(expected.groups as Record<string, Record<string, number | string>>);
    for (const gap of GAPS) {
      const row = metricOf(got, gap, { facet: 'group' });
      // Fairlearn takes an undefined rate for 0; a gap of what is undefined is undefined here.
      const lacking = missing.some(({ tpr, fpr }) => (tpr === 'NaN' || fpr === 'NaN') && !gap.startsWith('demographic'));
      if (row.value === null) expect([gap, row.reason]).toEqual([gap, expect.stringMatching(/./)]);
      else if (!lacking) expect(mismatch(Number(row.value), expected[gap], tolerance, gap)).toBeNull();
    }
    expect(faultsOf(got)).toEqual([]);
  });
});
