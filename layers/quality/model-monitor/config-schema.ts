import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'expected a text, a number or a truth value' });
const values = z.preprocess((given) => (given === undefined || Array.isArray(given) ? given : [given]), z.array(scalar).optional());
const reference = z.union([z.string(), z.number().int().min(0)], { error: 'expected the name of a column, or its place from 0' });
export type Reference = z.infer<typeof reference>;

const list = <T extends z.ZodType>(entry: T) =>
  z.preprocess((given) => (given === undefined || Array.isArray(given) ? given : [given]), z.array(entry).optional());

/** What of Clarify's analysis_config.json a monitor can say. */
export const clarifyConfigSchema = z.looseObject({
  version: z.unknown().optional(),
  dataset_type: z.string().optional(),
  headers: z.array(z.string()).optional(),
  features: z.string().optional(),
  label: reference.optional(),
  label_values_or_threshold: values,
  predicted_label: reference.optional(),
  probability_threshold: z.number().optional(),
  facet: list(z.looseObject({ name_or_index: reference, value_or_threshold: values })),
  group_variable: reference.optional(),
  joinsource_name_or_index: reference.optional(),
  excluded_columns: list(reference),
  segment_config: list(z.looseObject({ name_or_index: reference })),
  predictor: z.looseObject({ label: reference.optional(), probability: reference.optional() }).optional(),
  methods: z.looseObject({}).optional(),
});
export type ClarifyConfig = z.infer<typeof clarifyConfigSchema>;
