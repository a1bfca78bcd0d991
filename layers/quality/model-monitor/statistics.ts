import { standardDeviation, sum } from '../metrics/data_quality/index.ts';
import type { ColumnSide } from '../profile/column-side.ts';
import { estimateDistinct } from '../states/bottom-k.ts';
import { shownUnknown } from '../states/categories.ts';
import { kllOf } from './buckets.ts';
import { Double, type Written } from './json-text.ts';
import { hasNumbers, inferredType, type MonitoredColumn } from './side.ts';

/** statistics.json of the data: one entry for every column that was profiled. */
export const statisticsOf = (columns: MonitoredColumn[], rows: number): Written => ({
  version: new Double(0),
  dataset: { item_count: rows },
  features: columns.flatMap(({ column, current, showValues }): Written[] =>
    current === null
      ? []
      : [
          {
            name: column.name,
            inferred_type: inferredType(column, current),
            ...(hasNumbers(current) ? { numerical_statistics: numbersOf(current) } : { string_statistics: textsOf(current, showValues) }),
          },
        ],
  ),
});

/** Missing is null or NaN; values that do not fit the column's type are there. */
const commonOf = ({ counts }: ColumnSide): Written => ({ num_present: counts.rows - counts.missing, num_missing: counts.missing });

function numbersOf(side: ColumnSide): Written {
  const { moments, extremes } = side;
  return {
    common: commonOf(side),
    mean: new Double(moments!.mean),
    sum: new Double(sum(moments!).value!),
    std_dev: new Double(standardDeviation(moments!).value!),
    min: new Double(extremes!.minimum),
    max: new Double(extremes!.maximum),
    distribution: { kll: kllOf(side) },
  };
}

function textsOf(side: ColumnSide, showValues: boolean): Written {
  const distinct = side.distinct === undefined ? Number.NaN : Math.round(estimateDistinct(side.distinct).distinct);
  return {
    common: commonOf(side),
    distinct_count: new Double(distinct),
    distribution: { categorical: { buckets: showValues ? valuesOf(side) : [] } },
  };
}

/** Values with their counts, the most frequent first. */
function valuesOf({ categories, context }: ColumnSide): Written[] {
  if (categories === undefined) return [];
  const known = (context.categories ?? []).map((value, i): [string, number] => [value, categories.known[i]!]);
  return [...known, ...shownUnknown(categories)]
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([value, count]) => ({ value, count }));
}
