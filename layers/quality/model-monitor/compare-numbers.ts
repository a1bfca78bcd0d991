import { fromJsonNumber, type JsonNumber, type Report } from '../contract/report.ts';
import type { Statistics } from './schemas.ts';

/** A number that the two sides do not agree on. */
export interface NumberDifference {
  feature: string | null;
  number: string;
  modelMonitor: JsonNumber;
  assay: JsonNumber;
}

type Feature = Statistics['features'][number];

/** Relative difference below which two numbers are the same. */
const SAME = 1e-6;

/** What both sides measured, and found otherwise: rows, missing values, and of numbers mean, deviation, smallest and largest. */
export function compareNumbers({ dataset, features }: Statistics, report: Report): NumberDifference[] {
  const values = new Map(
    report.metrics
      .filter(({ factor, segment, facet, column }) => factor === 'data_quality' && segment === null && facet === null && column !== null)
      .flatMap(({ metric, column, value }): [string, JsonNumber][] => (value === null ? [] : [[`${metric}/${column}`, value]])),
  );
  const rows = differs(null, 'rows', dataset.item_count, report.subject.rows);
  return [...rows, ...features.flatMap((feature) => ofFeature(feature, values))];
}

function ofFeature(feature: Feature, values: Map<string, JsonNumber>): NumberDifference[] {
  const of = (number: string, theirs: JsonNumber | undefined): NumberDifference[] => {
    const ours = values.get(`${number}/${feature.name}`);
    return theirs === undefined || ours === undefined ? [] : differs(feature.name, number, theirs, ours);
  };
  const numbers = feature.numerical_statistics;
  const common = (numbers ?? feature.string_statistics)?.common;
  const rows = common === undefined ? 0 : common.num_present + common.num_missing;
  return [
    ...of('missing_rate', rows > 0 ? common!.num_missing / rows : undefined),
    ...of('mean', numbers?.mean),
    ...of('standard_deviation', numbers?.std_dev),
    ...of('minimum', numbers?.min),
    ...of('maximum', numbers?.max),
  ];
}

/** The difference of two numbers, where there is one. */
export function differs(feature: string | null, number: string, modelMonitor: JsonNumber, assay: JsonNumber): NumberDifference[] {
  const [theirs, ours] = [fromJsonNumber(modelMonitor), fromJsonNumber(assay)];
  const size = Math.max(Math.abs(theirs), Math.abs(ours));
  const same = Object.is(theirs, ours) || theirs === ours || Math.abs(theirs - ours) <= SAME * size;
  return same ? [] : [{ feature, number, modelMonitor, assay }];
}
