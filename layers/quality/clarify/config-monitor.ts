import type { InputFormat, Monitor } from '../contract/monitor.ts';
import type { DatasetType } from './config-schema.ts';
import { nextAbove } from './outcome-columns.ts';
import type { ParsedConfig } from './parse-config.ts';
import type { ResolvedConfig } from './resolve-config.ts';

const FORMATS: Record<DatasetType, InputFormat> = {
  'text/csv': 'csv',
  'application/jsonlines': 'jsonlines',
  'application/json': 'jsonlines',
  'application/x-parquet': 'parquet',
  'application/sagemakercapturejson': 'capture',
};

const over = (monitor: Monitor | null, part: Partial<Monitor>): Monitor => ({
  ...{ schema: 'assay.monitor/1', monitor: 'analysis-config' },
  ...monitor,
  ...part,
});

/** How the files are read, over what the monitor says. */
export function inputOf({ config }: Pick<ParsedConfig, 'config'>, monitor: Monitor | null): Monitor {
  const format = config.dataset_type === undefined ? {} : { format: FORMATS[config.dataset_type] };
  const names = config.headers === undefined || config.features !== undefined ? {} : { names: config.headers };
  return over(monitor, { input: { ...monitor?.input, ...format, ...names } });
}

/** Columns, outcomes and groups of a configuration, over what the monitor says: what flags would say, and flags win over it. */
export function monitorOf(resolved: ResolvedConfig, monitor: Monitor): Monitor {
  const { label, prediction, score, threshold, positive, facets, groupVariable, excluded } = resolved;
  const columns: NonNullable<Monitor['columns']> = { ...monitor.columns };
  const set = (name: string | null, part: (typeof columns)[string]): void => {
    if (name !== null) columns[name] = { ...columns[name], ...part };
  };
  for (const name of excluded) set(name, { role: 'ignored' });
  for (const { column, values, above, upTo } of facets)
    set(column, { facet: above === null && upTo === null ? (values ?? []) : { above, upTo } });
  // Kept from the model is not kept from view: groups may be.
  for (const name of [groupVariable, ...facets.map(({ column }) => column)])
    if (name !== null && columns[name]?.role === 'ignored') set(name, { role: 'feature' });
  set(label, { role: 'label' });
  set(prediction, { role: 'prediction' });
  set(score, { role: 'score' });
  return over(monitor, {
    columns,
    ...(positive.length > 0 && { positive, problem: 'binary' as const }),
    ...(score !== null && { decisionThreshold: nextAbove(threshold) }),
    ...(groupVariable !== null && { groupVariable }),
  });
}
