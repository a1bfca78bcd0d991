import type { MeasureOptions } from '../checks/measure-columns.ts';
import { bound } from '../checks/table-checks.ts';
import { settingFor } from '../checks/thresholds.ts';
import type { Measured } from '../checks/verdict.ts';
import type { Monitor } from '../contract/monitor.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';

/** Whether anybody asked how old data may be: no report is otherwise about when it was looked at. */
const isWanted = (settings: NonNullable<Monitor['checks']>): boolean => (settingFor(settings, 'freshness') ?? 'off') !== 'off';

/** The time that the age of data is measured to, seconds since the epoch, where a bound for it is configured. */
export const asOf = (settings: NonNullable<Monitor['checks']>, seconds: number): { asOf?: number } =>
  isWanted(settings) ? { asOf: seconds } : {};

/**
 * How old the newest row is: `asOf` less its event time, in seconds; negative for rows of the future. Not applicable without a time column, or without a time
 * to measure to, which is when the object was written, the end of a window, or `--now`: no clock is read.
 */
export function freshness(
  { asOf: at, newest, rows }: { asOf: number | undefined; newest: number | null; rows: number },
  options: MeasureOptions,
): { metrics: MetricRow[]; measured: Measured[] } {
  if (at === undefined && !isWanted(options.settings)) return { metrics: [], measured: [] };
  const reason = newest === null ? 'no event time of a row is known' : at === undefined ? 'nothing says to which time: --now does' : null;
  const value = reason === null ? at! - newest! : null;
  const check = bound('freshness', 'freshness_seconds', value ?? 0, null, options);
  return {
    metrics: [
      {
        ...{ metric: 'freshness_seconds', factor: 'data_quality', column: null, segment: null, facet: null, parameters: {} },
        ...{ value: value === null ? null : toJsonNumber(value), interval: null, rows, error: null, reason },
      },
    ],
    measured:
      check === null
        ? []
        : [
            reason === null
              ? check
              : { ...check, measurement: null, settled: { verdict: 'not_applicable', reason: `freshness: ${reason}` } },
          ],
  };
}
