import { z } from 'zod';
import { COLUMN_TYPES, ROLES } from './columns.ts';
import { costsSchema } from './outcomes.ts';

const bound = z.strictObject({
  metric: z.string().optional(),
  warn: z.number().nullable().optional(),
  fail: z.number().nullable().optional(),
});
const facet = z.union([
  z.array(z.union([z.string(), z.number()])),
  z.strictObject({ above: z.number().nullable(), upTo: z.number().nullable() }),
]);

/** What goes into keys and dimensions of Model Monitor. */
const modelMonitorName = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
/** What a run of Model Monitor would have left, for those who read that. */
const modelMonitorSchema = z.strictObject({
  files: z.boolean().optional(),
  /** All, or these. */
  metrics: z.union([z.boolean(), z.array(z.string())]).optional(),
  /** Of data quality; the other jobs' where they have none of their own. */
  schedule: modelMonitorName.optional(),
  modelQualitySchedule: modelMonitorName.optional(),
  biasSchedule: modelMonitorName.optional(),
  /** Of which windows: those of this length. */
  window: z.string().optional(),
});

export const INPUT_FORMATS = ['parquet', 'csv', 'jsonlines', 'capture'] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

/** Reports that an alert may look back on. */
const MOST_CONFIRMED = 24;

export const inputSchema = z.strictObject({
  location: z.string().optional(),
  format: z.enum(INPUT_FORMATS).optional(),
  samplingPercentage: z.number().min(0).max(100).optional(),
  names: z.array(z.string()).optional(),
  features: z.string().optional(),
  prediction: z.string().optional(),
  score: z.string().optional(),
});

/** monitor.json, version 1: what is watched, as configuration. Everything but `schema` and `monitor` is optional. */
export const monitorSchema = z.strictObject({
  schema: z.literal('assay.monitor/1'),
  monitor: z.string().regex(/^[a-z0-9-]{1,63}$/),
  endpoint: z.string().optional(),
  /** The model that answers at the endpoint; another one begins another lineage of baselines. */
  deployment: z
    .string()
    .regex(/^[a-zA-Z0-9+-]{1,255}$/)
    .optional(),
  problem: z.enum(['binary', 'multiclass', 'regression', 'none']).optional(),
  input: inputSchema.optional(),
  labels: z.strictObject({ location: z.string(), delay: z.string().optional() }).optional(),
  columns: z
    .record(
      z.string(),
      z.strictObject({
        ...{ role: z.enum(ROLES).optional(), type: z.enum(COLUMN_TYPES).optional(), facet: facet.optional() },
        /** Of a score of a model of several classes: which class it is of. */
        class: z.union([z.string(), z.number(), z.boolean()]).optional(),
      }),
    )
    .optional(),
  positive: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  decisionThreshold: z.number().optional(),
  /** What an error of either kind costs, in one unit: the cheapest threshold is looked for by it. */
  costs: costsSchema.optional(),
  /** The prediction that is good for whom it is about: `negative` where the positive class is a risk or a refusal. */
  favourable: z.enum(['positive', 'negative']).optional(),
  /** Column that conditional demographic disparities are conditioned on. */
  groupVariable: z.string().optional(),
  segments: z.array(z.union([z.string(), z.array(z.string())])).optional(),
  baseline: z.string().optional(),
  report: z.enum(['object', 'window']).optional(),
  windows: z.array(z.string()).optional(),
  lateness: z.string().optional(),
  timeZone: z.string().optional(),
  confirm: z
    .array(z.number().int().min(1).max(MOST_CONFIRMED))
    .length(2)
    .refine(([m, n]) => m! <= n!, 'expected [m, n] with m at most n')
    .optional(),
  checks: z.record(z.string(), z.union([z.literal('off'), bound])).optional(),
  falseAlarmRate: z.number().gt(0).lt(1).optional(),
  minimumRows: z.number().int().min(1).optional(),
  records: z.enum(['joined', 'all', 'none']).optional(),
  keepRejected: z.boolean().optional(),
  modelMonitor: modelMonitorSchema.optional(),
});
export type Monitor = z.infer<typeof monitorSchema>;
