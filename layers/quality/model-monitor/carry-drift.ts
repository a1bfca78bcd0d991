import { type Draft, setCheck } from './draft.ts';
import { plain } from './plain.ts';
import type { Feature, MonitoringConfig } from './schemas.ts';
import { type Checks, ROBUST, SIMPLE } from './settings.ts';

type Distribution = MonitoringConfig['distribution_constraints'];

interface FeatureConfig {
  config: MonitoringConfig;
  overrides: MonitoringConfig;
  /** Whether the feature is evaluated although the others are not. */
  revived: boolean;
}

/** Assay's own test: what stands in for Pearson's, whose p-value Model Monitor bounds. */
const OWN_TEST: Checks[string] = { metric: 'jensen_shannon_distance', warn: 0.05, fail: 0.1 };

const isCategorical = ({ inferred_type }: Feature): boolean => inferred_type !== 'Integral' && inferred_type !== 'Fractional';

/** The drift of all columns, as numbers have it. */
export function carryDrift(draft: Draft, distribution: Distribution, column: string | null): void {
  const setting = settingOf(distribution, false);
  if (setting !== null) setCheck(draft, 'drift', column, setting);
}

/** The drift of one column, where it is not that of all: overridden, or of a category with a threshold or a method of its own. */
export function carryFeatureDrift(draft: Draft, feature: Feature, { config, overrides, revived }: FeatureConfig): void {
  const distribution = { ...config.distribution_constraints, ...overrides.distribution_constraints };
  const categorical = isCategorical(feature);
  const setting = settingOf(distribution, categorical);
  if (setting === null) return;
  const general = settingOf(config.distribution_constraints, false);
  const own = overrides.distribution_constraints !== undefined || revived;
  if (own || (categorical && JSON.stringify(setting) !== JSON.stringify(general))) setCheck(draft, 'drift', feature.name, setting);
  if (categorical && distribution.categorical_drift_method === 'ChiSquared')
    draft.notes.push(
      `categorical_drift_method ChiSquared of "${plain(feature.name)}": the p-value has no threshold of its own; Assay's own test of drift is used`,
    );
}

/** Null where nothing is said of drift: Assay's default stays. */
function settingOf(distribution: Distribution, categorical: boolean): Checks[string] | null {
  if (distribution === undefined || Object.keys(distribution).length === 0) return null;
  if (distribution.perform_comparison === 'Disabled' || distribution.enable_comparisons === false) return 'off';
  if (categorical && distribution.categorical_drift_method === 'ChiSquared') return OWN_TEST;
  const threshold = (categorical ? distribution.categorical_comparison_threshold : undefined) ?? distribution.comparison_threshold;
  if (threshold === undefined) return null;
  const method = distribution.comparison_method ?? distribution.comparion_method ?? 'Robust';
  return { metric: method === 'Simple' ? SIMPLE : ROBUST, warn: null, fail: threshold };
}
