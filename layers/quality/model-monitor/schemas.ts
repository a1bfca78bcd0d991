import { z } from 'zod';
import type { Problem } from '../contract/outcomes.ts';
import { numberSchema } from '../contract/report.ts';

const version = z.literal(0, { error: ({ input }) => `expected version 0.0, got ${JSON.stringify(input)}` });
const clarifyVersion = z.literal('1.0', { error: ({ input }) => `expected version "1.0", got ${JSON.stringify(input)}` });
const toggle = z.enum(['Enabled', 'Disabled'], { error: 'expected "Enabled" or "Disabled"' });
const share = z.number({ error: 'expected a number from 0 to 1' }).min(0).max(1);
const distance = z.number({ error: 'expected a number' }).min(0);
const name = z.string({ error: 'expected a name' }).min(1, { error: 'expected a name' });
const inferredType = z.enum(['Integral', 'Fractional', 'String', 'Boolean', 'Unknown'], {
  error: 'expected one of Integral, Fractional, String, Boolean, Unknown',
});

const distributionSchema = z.looseObject({
  perform_comparison: toggle.optional(),
  comparison_threshold: distance.optional(),
  comparison_method: z.enum(['Robust', 'Simple'], { error: 'expected "Robust" or "Simple"' }).optional(),
  /** As the developer guide once misspelled it, and notebooks copied it. */
  comparion_method: z.enum(['Robust', 'Simple'], { error: 'expected "Robust" or "Simple"' }).optional(),
  categorical_comparison_threshold: distance.optional(),
  categorical_drift_method: z.enum(['LInfinity', 'ChiSquared'], { error: 'expected "LInfinity" or "ChiSquared"' }).optional(),
  /** As files of the first release have it. */
  enable_comparisons: z.boolean().optional(),
});

const configSchema = z.looseObject({
  evaluate_constraints: toggle.optional(),
  emit_metrics: toggle.optional(),
  datatype_check_threshold: share.optional(),
  domain_content_threshold: share.optional(),
  distribution_constraints: distributionSchema.optional(),
});
export type MonitoringConfig = z.infer<typeof configSchema>;

/** Both spellings, and the place inside the constraints where a file of the SDK has it. */
const overrides = { monitoringConfigOverrides: configSchema.optional(), monitoring_config_overrides: configSchema.optional() };

const featureSchema = z.looseObject({
  name,
  inferred_type: inferredType,
  completeness: share.optional(),
  num_constraints: z.looseObject({ is_non_negative: z.boolean().optional(), ...overrides }).optional(),
  string_constraints: z.looseObject({ domains: z.array(z.string()).optional(), ...overrides }).optional(),
  ...overrides,
});
export type Feature = z.infer<typeof featureSchema>;

export const constraintsSchema = z.looseObject({ version, features: z.array(featureSchema), monitoring_config: configSchema.optional() });
export type Constraints = z.infer<typeof constraintsSchema>;

const common = z.looseObject({ num_present: z.number(), num_missing: z.number() });

export const statisticsSchema = z.looseObject({
  version,
  dataset: z.looseObject({ item_count: z.number() }),
  features: z.array(
    z.looseObject({
      name,
      inferred_type: inferredType,
      numerical_statistics: z
        .looseObject({
          common,
          mean: numberSchema,
          sum: numberSchema,
          std_dev: numberSchema,
          min: numberSchema,
          max: numberSchema,
          distribution: z.unknown().optional(),
        })
        .optional(),
      string_statistics: z.looseObject({ common, distinct_count: numberSchema, distribution: z.unknown().optional() }).optional(),
    }),
  ),
});
export type Statistics = z.infer<typeof statisticsSchema>;

export const PROBLEMS = { regression: 'regression', binary_classification: 'binary', multiclass_classification: 'multiclass' } as const;
export type ProblemKey = keyof typeof PROBLEMS;

/** What keys of model quality begin with. */
export const problemKeyOf = (problem: Problem): ProblemKey =>
  (Object.keys(PROBLEMS) as ProblemKey[]).find((key) => PROBLEMS[key] === problem)!;

const bounds = z.record(
  z.string(),
  z.looseObject({
    threshold: numberSchema,
    comparison_operator: z.enum(['LessThanThreshold', 'GreaterThanThreshold'], {
      error: 'expected "LessThanThreshold" or "GreaterThanThreshold"',
    }),
  }),
);
export const qualityConstraintsSchema = z.looseObject({
  version,
  regression_constraints: bounds.optional(),
  binary_classification_constraints: bounds.optional(),
  multiclass_classification_constraints: bounds.optional(),
});
export type QualityConstraints = z.infer<typeof qualityConstraintsSchema>;

const measures = z.record(z.string(), z.unknown());
export const qualityStatisticsSchema = z.looseObject({
  version,
  dataset: z.looseObject({ item_count: z.number() }),
  regression_metrics: measures.optional(),
  binary_classification_metrics: measures.optional(),
  multiclass_classification_metrics: measures.optional(),
});
export type QualityStatistics = z.infer<typeof qualityStatisticsSchema>;

export const violationsSchema = z.looseObject({
  version: z.unknown().optional(),
  violations: z.array(
    z.looseObject({
      feature_name: z.string().optional(),
      metric_name: z.string().optional(),
      facet: z.string().optional(),
      facet_value: z.string().optional(),
      label: z.string().optional(),
      constraint_check_type: name,
      description: z.string().default(''),
    }),
  ),
});
export type Violations = z.infer<typeof violationsSchema>;

const stage = z.looseObject({
  label: z.string(),
  label_value_or_threshold: z.string().optional(),
  facets: z.record(z.string(), z.array(z.looseObject({ value_or_threshold: z.string(), metrics: z.array(z.unknown()) }))),
});
export const analysisSchema = z.looseObject({
  version: clarifyVersion,
  pre_training_bias_metrics: stage.optional(),
  post_training_bias_metrics: stage.optional(),
  explanations: z.unknown().optional(),
});
export type Analysis = z.infer<typeof analysisSchema>;
