import type { Report } from '../contract/report.ts';
import type { ColumnSide } from '../profile/column-side.ts';
import { CHECKS_OF_A_COLUMN } from './check-types.ts';
import { Double, type Written } from './json-text.ts';
import { type Checks, comparisonOf, complement, completenessOf, failOf, hasOwn, isOff } from './settings.ts';
import { expectedType, hasNumbers, type MonitoredColumn } from './side.ts';

/** Deequ's histograms end here, and with them its domains. */
const MOST_DOMAIN = 120;

/** constraints.json: what the data was held against, of the columns that are monitored. */
export const constraintsOf = (columns: MonitoredColumn[], checks: Checks, report: Report): Written => ({
  version: new Double(0),
  features: columns.flatMap((of): Written[] => (of.baseline === null ? [] : [featureOf(of, of.baseline, checks, report)])),
  monitoring_config: configOf(checks),
});

const toggle = (on: boolean): string => (on ? 'Enabled' : 'Disabled');
/** The share that has to match. A check that is off asks for none. */
const matchOf = (fail: number | null): Double => new Double(fail === null ? 0 : complement(fail));

function configOf(checks: Checks): Written {
  return {
    evaluate_constraints: toggle(!CHECKS_OF_A_COLUMN.every((check) => isOff(checks, check, null))),
    emit_metrics: 'Enabled',
    datatype_check_threshold: matchOf(failOf(checks, 'type', null)),
    domain_content_threshold: matchOf(failOf(checks, 'categories', null)),
    distribution_constraints: distributionOf(checks, null),
  };
}

function distributionOf(checks: Checks, column: string | null): Written {
  const comparison = comparisonOf(checks, column);
  return {
    perform_comparison: toggle(comparison !== null),
    comparison_threshold: new Double(comparison?.threshold ?? 0.1),
    comparison_method: comparison?.method ?? 'Robust',
  };
}

function featureOf({ column, showValues }: MonitoredColumn, side: ColumnSide, checks: Checks, report: Report): Written {
  const overrides = overridesOf(checks, column.name);
  const domain = showValues ? domainOf(side, failOf(checks, 'categories', column.name)) : null;
  return {
    name: column.name,
    inferred_type: expectedType(column),
    completeness: new Double(completeness(side, column.name, checks, report)),
    ...(hasNumbers(side) && { num_constraints: { is_non_negative: side.extremes!.minimum >= 0 } }),
    ...(domain !== null && { string_constraints: { domains: domain } }),
    ...(overrides !== null && { monitoring_config_overrides: overrides }),
  };
}

/** The configured bound; else the one the report suggested from the baseline; else what the baseline has, as Model Monitor takes it. */
function completeness({ counts }: ColumnSide, name: string, checks: Checks, report: Report): number {
  const configured = completenessOf(checks, name);
  if (configured !== undefined) return configured ?? 0;
  const suggested = report.checks.find(({ id }) => id === `completeness/${name}`)?.threshold?.fail;
  return suggested ?? (counts.rows === 0 ? 1 : (counts.rows - counts.missing) / counts.rows);
}

/** The values of a column with few of them, unless so many others are there that the threshold would not bear them. */
function domainOf({ categories, context, tally }: ColumnSide, fail: number | null): string[] | null {
  const known = context.categories ?? [];
  if (categories === undefined || known.length === 0 || known.length > MOST_DOMAIN) return null;
  return categories.others <= (fail ?? 1) * tally.present ? known : null;
}

/** What holds for one column alone, in the spelling of the SageMaker SDK's set_monitoring. */
function overridesOf(checks: Checks, name: string): Written | null {
  if (CHECKS_OF_A_COLUMN.every((check) => isOff(checks, check, name)))
    return CHECKS_OF_A_COLUMN.some((check) => hasOwn(checks, check, name)) ? { evaluate_constraints: 'Disabled' } : null;
  const overrides = {
    ...(hasOwn(checks, 'type', name) && { datatype_check_threshold: matchOf(failOf(checks, 'type', name)) }),
    ...(hasOwn(checks, 'categories', name) && { domain_content_threshold: matchOf(failOf(checks, 'categories', name)) }),
    ...(hasOwn(checks, 'drift', name) && { distribution_constraints: distributionOf(checks, name) }),
  };
  return Object.keys(overrides).length === 0 ? null : overrides;
}
