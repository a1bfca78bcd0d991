import { z } from 'zod';
import { columnSchema } from './columns.ts';
import { muteRequestSchema } from './mute.ts';
import { fairnessSchema, performanceSchema } from './outcome-report.ts';
import { FACTORS, VERDICTS } from './verdict.ts';

/** A number as JSON can carry it: NaN and the infinities are strings. */
export const numberSchema = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
export type JsonNumber = z.infer<typeof numberSchema>;
export const toJsonNumber = (value: number): JsonNumber => (Number.isFinite(value) ? value : (String(value) as JsonNumber));
export const fromJsonNumber = (value: JsonNumber): number => Number(value);

const verdict = z.enum(VERDICTS);
const factor = z.enum(FACTORS);

export const metricRowSchema = z.strictObject({
  metric: z.string(),
  /** Clarify's code of it, where it is one of Clarify's. */
  code: z.string().optional(),
  factor,
  column: z.string().nullable(),
  segment: z.string().nullable(),
  facet: z.string().nullable(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  value: numberSchema.nullable(),
  interval: z.tuple([numberSchema, numberSchema]).nullable(),
  rows: z.number(),
  /** Bound of an approximation; null where the value is exact. */
  error: z.number().nullable(),
  /** Why value is null. */
  reason: z.string().nullable(),
});
export type MetricRow = z.infer<typeof metricRowSchema>;

export const THRESHOLD_SOURCES = ['default', 'suggested', 'configured'] as const;
export const thresholdSchema = z.strictObject({
  warn: z.number().nullable(),
  fail: z.number().nullable(),
  direction: z.enum(['above', 'below']),
  source: z.enum(THRESHOLD_SOURCES),
});
export type Threshold = z.infer<typeof thresholdSchema>;

export const checkResultSchema = z.strictObject({
  /** `<check>` or `<check>/<column>`. */
  id: z.string(),
  factor,
  /** Index in metrics; null where the check is about something no metric measures. */
  metric: z.number().nullable(),
  verdict,
  threshold: thresholdSchema.nullable(),
  /** The metric's value if nothing had changed, at these rows. */
  expected: z.number().nullable(),
  /** What exceeds chance. */
  effect: z.number().nullable(),
  pValue: z.number().nullable(),
  adjustedPValue: z.number().nullable(),
  message: z.string(),
  evidence: z.record(z.string(), z.unknown()),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const CAUSES = [
  'missing_column',
  'extra_column',
  'type_change',
  'null_surge',
  'unit_change',
  'category_renamed',
  'category_new',
  'out_of_range',
  'sentinel',
  'constant',
  'duplicates',
  'blanks',
  'infinite',
  'shift',
  'performance_drop',
  'estimated_drop',
  'disparity',
  'missing_labels',
  'unknown',
] as const;
export type Cause = (typeof CAUSES)[number];

/** When the level of what a finding's first check measures last changed in a step, for the worse, as far as the windows before tell. */
export const changeSchema = z.strictObject({
  /** Start of the first window at the new level. */
  at: z.string(),
  /** Medians of the metric in the windows at the level before, and at the new one. */
  before: z.number(),
  after: z.number(),
  /** Windows that were looked at, this one among them. */
  windows: z.number(),
  pValue: z.number(),
});
export type Change = z.infer<typeof changeSchema>;

export const findingSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What made it so, of accuracy and fairness; absent where no one thing stands out. */
  why: z.string().optional(),
  severity: verdict,
  columns: z.array(z.string()),
  segments: z.array(z.string()),
  since: z.string().nullable(),
  /** Part of the report's total excess over thresholds. */
  share: z.number().nullable(),
  cause: z.enum(CAUSES),
  /** Ids of the checks behind it, worst first. */
  checks: z.array(z.string()),
  /** Absent where there are too few windows to tell, and where no step is plain. */
  change: changeSchema.optional(),
  /** Who wants to hear no more of it for a while; absent where nobody said so. */
  muted: muteRequestSchema.optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const objectSchema = z.strictObject({
  uri: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  rows: z.number(),
  rejected: z.number(),
  /** Why the object could not be read; absent when it could. */
  error: z.string().optional(),
});

/** One bin of a picture: shares of the rows of both sides. `from`/`to` null for an open end; `label` for a category. */
export const barSchema = z.strictObject({
  label: z.string().nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  baseline: z.number(),
  current: z.number(),
});

export const columnReportSchema = z.strictObject({
  ...columnSchema.shape,
  /** Distribution of the column on both sides, over the same bins; shares sum to one with `missing`. Empty where there is none to show. */
  distribution: z.strictObject({
    kind: z.enum(['number', 'category', 'none']),
    bars: z.array(barSchema),
    missing: z.strictObject({ baseline: z.number(), current: z.number() }).nullable(),
  }),
});
export type ColumnReport = z.infer<typeof columnReportSchema>;

export const reportSchema = z.strictObject({
  schema: z.literal('assay.report/1'),
  id: z.string(),
  kind: z.enum(['batch', 'window', 'release', 'probe']),
  monitor: z.string().nullable(),
  verdict,
  subject: z.strictObject({
    objects: z.array(objectSchema),
    from: z.string().nullable(),
    to: z.string().nullable(),
    rows: z.number(),
    rejected: z.number(),
    columns: z.number(),
  }),
  baseline: z
    .strictObject({ id: z.string(), rows: z.number(), chunks: z.number(), from: z.string().nullable(), to: z.string().nullable() })
    .nullable(),
  factors: z.record(factor, verdict),
  summary: z.string(),
  columns: z.array(columnReportSchema),
  metrics: z.array(metricRowSchema),
  checks: z.array(checkResultSchema),
  findings: z.array(findingSchema),
  falseAlarms: z
    .strictObject({
      nominal: z.number(),
      failed: z.number(),
      windows: z.number(),
      upper95: z.number(),
      /** Expected failing reports in 30 days at one report a window; null without a time. */
      per30Days: z.number().nullable(),
    })
    .nullable(),
  /** The first 100 rejected lines. */
  rejected: z.array(z.strictObject({ uri: z.string(), line: z.number(), reason: z.string() })),
  /** What a reader has to know to trust the verdicts: unknown spread, merged chunks, times replaced. */
  notes: z.array(z.string()),
  /** Absent where there are no labels, predictions or scores; and where no facets were named. */
  performance: performanceSchema.optional(),
  fairness: fairnessSchema.optional(),
  produced: z.strictObject({ assay: z.string(), states: z.number() }),
});
export type Report = z.infer<typeof reportSchema>;
