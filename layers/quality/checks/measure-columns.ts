import type { Monitor } from '../contract/monitor.ts';
import type { Costs } from '../metrics/accuracy/index.ts';
import type { ColumnCheck, ColumnEvidence } from './check.ts';
import { COLUMN_CHECKS } from './index.ts';
import { settingFor, thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

export interface MeasureOptions {
  settings: NonNullable<Monitor['checks']>;
  minimumRows: number;
  /** What errors of a model of two classes cost; 1 where it was not said. */
  costs?: Costs;
  /** Whether the baseline's chunks are parts of data without time: a window of several then is as several of them. */
  timeless?: boolean;
  /** Value of another metric of the column, for a check configured to use it. */
  metricValue?: (metric: string, column: string) => number | null;
}

/** Measures every check that applies to a column. */
export function measureColumn(evidence: ColumnEvidence, options: MeasureOptions): Measured[] {
  return COLUMN_CHECKS.filter((check) => check.applies(evidence)).flatMap((check) => measureOne(check, evidence, options) ?? []);
}

function measureOne(check: ColumnCheck, evidence: ColumnEvidence, { settings, minimumRows, metricValue }: MeasureOptions): Measured | null {
  const { name } = evidence.column;
  const id = `${check.id}/${name}`;
  const suggested = check.suggest?.(evidence);
  const threshold = thresholdFor(settings, id, {
    warn: check.warn,
    fail: suggested ?? check.fail,
    direction: check.direction,
    source: suggested === undefined ? 'default' : 'suggested',
  });
  if (threshold === null) return null;
  const setting = settingFor(settings, id);
  const metric = (typeof setting === 'object' ? setting.metric : undefined) ?? check.metric;
  const measured: Measured = {
    id,
    column: name,
    metric,
    factor: check.factor,
    threshold,
    bounds: check.bounds ?? 'effect',
    measurement: null,
  };
  if (evidence.current.rows < minimumRows)
    return {
      ...measured,
      settled: { verdict: 'not_applicable', reason: `not enough rows to say (${evidence.current.rows}, needs ${minimumRows})` },
    };
  const unfit = check.unfit?.(evidence) ?? null;
  if (unfit !== null) return { ...measured, settled: { verdict: 'not_applicable', reason: unfit } };
  const measurement = check.measure(evidence);
  if (measurement === null || metric === check.metric) return { ...measured, measurement };
  const value = metricValue?.(metric, name) ?? null;
  return {
    ...measured,
    measurement: value === null ? null : { ...measurement, value, expected: 0, effect: Math.abs(value), severe: false },
  };
}
