import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text, a number or a truth value' });
/** Several of a kind, or one that was written without brackets. */
const several = <T extends z.ZodType>(of: T) =>
  z.preprocess((given) => (given === undefined || Array.isArray(given) ? given : [given]), z.array(of).optional());
const values = several(scalar);
/** A column by its name or by its place from 0. */
const COLUMN = { error: 'expected the name of a column, or its place from 0' };
const reference = z.union([z.string(), z.int(COLUMN).min(0, COLUMN)], COLUMN);
const NAMES = { error: 'expected a list of names' };
const names = z.array(z.string(NAMES), NAMES).check(({ value, issues }) => {
  for (const [i, name] of value.entries())
    if (value.indexOf(name) < i) issues.push({ code: 'custom', input: name, path: [i], message: 'expected a name no other column has' });
});

export const facetSchema = z.looseObject(
  { name_or_index: reference, value_or_threshold: values },
  { error: 'expected {"name_or_index": …, "value_or_threshold": […]}' },
);
const CODES = { error: 'expected "all" or a list of codes' };
export const biasSchema = z.looseObject(
  { methods: z.union([z.literal('all'), z.array(z.string()).min(1, CODES)], CODES).default('all') },
  { error: 'expected {"methods": "all"}, or a list of codes in place of "all"' },
);

export const DATASET_TYPES = [
  'text/csv',
  'application/jsonlines',
  'application/json',
  'application/x-parquet',
  'application/sagemakercapturejson',
] as const;
export type DatasetType = (typeof DATASET_TYPES)[number];

/** The bias part of analysis_config.json. Keys that are not here are looked at by `parseAnalysisConfig`. */
export const analysisConfigSchema = z.looseObject({
  dataset_type: z.enum(DATASET_TYPES, { error: `expected one of ${DATASET_TYPES.join(', ')}` }).optional(),
  headers: names.optional(),
  features: z.string().optional(),
  label: reference.optional(),
  label_values_or_threshold: values,
  facet: several(facetSchema),
  group_variable: reference.optional(),
  predicted_label: reference.optional(),
  predicted_label_dataset_uri: z.string().optional(),
  predicted_label_headers: names.optional(),
  joinsource_name_or_index: reference.optional(),
  probability: reference.optional(),
  probability_threshold: z.number().optional(),
  excluded_columns: z.array(reference).optional(),
  methods: z.looseObject({ pre_training_bias: biasSchema.optional(), post_training_bias: biasSchema.optional() }).optional(),
});
export type AnalysisConfig = z.infer<typeof analysisConfigSchema>;
export type Reference = string | number;

/** What Clarify does besides bias, or elsewhere, and why it is left out here. */
export const UNSUPPORTED: Record<string, string> = {
  predictor: 'no model is called; predictions come from a column, or from predicted_label_dataset_uri',
  dataset_uri: 'the data named on the command line are checked',
  facet_dataset_uri: 'facets are columns of the data',
  facet_headers: 'facets are columns of the data',
  segment_config: 'segments are named with --segment',
  time_series_data_config: 'time series are not analysed',
  'methods.shap': 'explanations are not computed',
  'methods.pdp': 'explanations are not computed',
  'methods.asymmetric_shapley_value': 'explanations are not computed',
};

/** Keys without effect on numbers. */
export const SILENT = ['version', 'methods.report'];
