import type { ColumnType } from '../contract/columns.ts';
import { carryDrift, carryFeatureDrift } from './carry-drift.ts';
import { CHECKS_OF_A_COLUMN } from './check-types.ts';
import { type Draft, note, setCheck, setColumn } from './draft.ts';
import { listed } from './plain.ts';
import type { Constraints, Feature, MonitoringConfig, Statistics } from './schemas.ts';
import { type Checks, complement } from './settings.ts';

/** Values above which a text of mostly different ones is no category: as Assay infers types itself. */
const FEW = 50;
const BOOLEANS = ['true', 'false'];

/** Column types and thresholds of a data-quality baseline. */
export function carryConstraints(draft: Draft, constraints: Constraints, statistics: Statistics | null, uri: string): void {
  const config = constraints.monitoring_config ?? {};
  carryConfig(draft, config);
  for (const feature of constraints.features) {
    const type = typeOf(feature, statistics);
    setColumn(draft, feature.name, type === null ? {} : { type });
    carryFeature(draft, feature, config);
  }
  const extra = (statistics?.features ?? []).filter(({ name }) => !draft.columns.has(name)).map(({ name }) => name);
  if (extra.length > 0) note(draft, uri, `has no constraints of ${listed(extra)}, which the statistics have: their types are inferred`);
  saySkipped(draft, constraints, uri);
}

/** The share that may be wrong, where one has to match; none has to where the threshold is 0. */
const allowed = (match: number): Checks[string] => (match === 0 ? 'off' : { fail: complement(match) });

function carryConfig(draft: Draft, config: MonitoringConfig): void {
  if (config.evaluate_constraints === 'Disabled') for (const check of CHECKS_OF_A_COLUMN) setCheck(draft, check, null, 'off');
  else carryThresholds(draft, config, null);
}

function carryThresholds(draft: Draft, config: MonitoringConfig, column: string | null): void {
  if (config.datatype_check_threshold !== undefined) setCheck(draft, 'type', column, allowed(config.datatype_check_threshold));
  if (config.domain_content_threshold !== undefined) setCheck(draft, 'categories', column, allowed(config.domain_content_threshold));
  if (column === null) carryDrift(draft, config.distribution_constraints, null);
}

function carryFeature(draft: Draft, feature: Feature, config: MonitoringConfig): void {
  const { name, completeness } = feature;
  const overrides = overridesOf(feature);
  const enabled = (overrides.evaluate_constraints ?? config.evaluate_constraints) !== 'Disabled';
  if (!enabled) {
    if (config.evaluate_constraints !== 'Disabled') for (const check of CHECKS_OF_A_COLUMN) setCheck(draft, check, name, 'off');
    return;
  }
  const revived = config.evaluate_constraints === 'Disabled';
  // An empty setting of the column is nearer than the "off" of all columns, and leaves the defaults in force.
  if (revived) for (const check of CHECKS_OF_A_COLUMN) setCheck(draft, check, name, {});
  if (completeness !== undefined) setCheck(draft, 'completeness', name, completeness === 0 ? 'off' : { fail: completeness });
  carryThresholds(draft, revived ? { ...config, ...overrides } : overrides, name);
  carryFeatureDrift(draft, feature, { config, overrides, revived });
}

/** What is said of one feature alone: in either spelling, on the feature or within its constraints; the SDK's own place wins. */
function overridesOf({ num_constraints, string_constraints, ...feature }: Feature): MonitoringConfig {
  const places = [num_constraints, string_constraints, feature];
  return Object.assign({}, ...places.flatMap((of) => [of?.monitoringConfigOverrides, of?.monitoring_config_overrides]));
}

function typeOf({ name, inferred_type, string_constraints }: Feature, statistics: Statistics | null): ColumnType | null {
  if (inferred_type === 'Integral') return 'integer';
  if (inferred_type === 'Fractional') return 'number';
  if (inferred_type === 'Boolean') return 'boolean';
  const domains = string_constraints?.domains ?? [];
  if (domains.length > 0) return domains.every((value) => BOOLEANS.includes(value.toLowerCase())) ? 'boolean' : 'category';
  const texts = statistics?.features.find((of) => of.name === name)?.string_statistics;
  if (inferred_type === 'Unknown' || texts === undefined) return null;
  const distinct = Number(texts.distinct_count);
  if (Number.isNaN(distinct)) return null;
  return distinct > FEW && distinct > 0.5 * texts.common.num_present ? 'text' : 'category';
}

function saySkipped(draft: Draft, { features, monitoring_config }: Constraints, uri: string): void {
  const nonNegative = features.filter(({ num_constraints }) => num_constraints?.is_non_negative === true).map(({ name }) => name);
  if (nonNegative.length > 0)
    note(
      draft,
      uri,
      `is_non_negative of ${listed(nonNegative)}: the check "range" holds values against the smallest of the reference data`,
    );
  const domains = features.filter(({ string_constraints }) => string_constraints?.domains !== undefined).map(({ name }) => name);
  if (domains.length > 0)
    note(draft, uri, `the values in domains of ${listed(domains)}: the check "categories" takes them from the reference data`);
  const silent = features.filter((feature) => overridesOf(feature).emit_metrics === 'Disabled').map(({ name }) => name);
  if (silent.length > 0) note(draft, uri, `emit_metrics Disabled of ${listed(silent)}: which metrics are put "modelMonitor" says, by name`);
  if (monitoring_config?.emit_metrics === 'Disabled')
    note(draft, uri, 'emit_metrics Disabled: CloudWatch metrics are put where "modelMonitor" says so, and not by default');
}
