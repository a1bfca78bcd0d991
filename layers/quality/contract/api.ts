import { z } from 'zod';
import { findingKeySchema, muteRequestSchema } from './mute.ts';
import { reportSchema } from './report.ts';
import { VERDICTS } from './verdict.ts';

/** What goes over the wire of the HTTP API besides monitors and reports themselves. */

export const monitorNameSchema = z.string().regex(/^[a-z0-9-]{1,63}$/);
export const reportIdSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** A day, or a time with its offset from UTC. */
const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'expected a time as 2026-07-01T13:00:00Z, or a day' });
const instant = z.iso.datetime({ offset: true, error: 'expected a time as 2026-07-01T13:00:00Z' });
const kind = reportSchema.shape.kind;
const verdict = z.enum(VERDICTS);
const limitUpTo = (most: number) => z.coerce.number().int().min(1).max(most);
const cursor = z.string().min(1).max(1000);

/** Reports are told by the hour they begin in: [from, to). */
export const reportsQuerySchema = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  kind: kind.optional(),
  verdict: verdict.optional(),
  /** Whether reports are listed that a later one on the same window replaced. */
  replaced: z.enum(['true', 'false']).optional(),
  limit: limitUpTo(100).optional(),
  cursor: cursor.optional(),
});
export type ReportsQuery = z.infer<typeof reportsQuerySchema>;

export const seriesQuerySchema = z.strictObject({
  metric: z.string().min(1).max(100),
  column: z.string().min(1).max(1000).optional(),
  from: time.optional(),
  to: time.optional(),
  kind: kind.optional(),
  limit: limitUpTo(500).optional(),
  cursor: cursor.optional(),
});
export type SeriesQuery = z.infer<typeof seriesQuerySchema>;

/** The hour a report begins in, as addresses in lists carry it: it is then found without a search. */
export const reportQuerySchema = z.strictObject({ hour: instant.optional() });
export const noQuerySchema = z.strictObject({});

export const dataReferenceSchema = z.strictObject({ data: z.string().min(6).max(2000) });
/** What a check may be given by reference; it is waited for. */
export const MOST_DATA_BYTES = 64 * 1024 * 1024;
export const uploadRequestSchema = z.strictObject({ bytes: z.number().int().min(1).max(MOST_DATA_BYTES) });
export const uploadAnswerSchema = z.strictObject({
  method: z.literal('PUT'),
  url: z.string(),
  /** To be sent as they are: they are signed. */
  headers: z.record(z.string(), z.string()),
  /** How long the address may be used. */
  seconds: z.number(),
  /** What a check takes as `data` afterwards. */
  data: z.string(),
});
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;
export const recordsSchema = z.array(z.record(z.string(), z.unknown()));
export const auditRequestSchema = z.strictObject({
  from: instant,
  to: instant,
  /** Prefix of objects to process first, `s3://bucket/prefix`, under the monitor's location. */
  backfill: z.string().min(6).max(2000).optional(),
});

export const reportSummarySchema = z.strictObject({
  id: reportIdSchema,
  kind,
  verdict,
  from: z.string().nullable(),
  to: z.string().nullable(),
  rows: z.number(),
  findings: z.number(),
  summary: z.string(),
  href: z.string(),
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;

export const reportListSchema = z.strictObject({
  /** Newest first. */
  reports: z.array(reportSummarySchema),
  /** Address of the next page; a page may hold less than asked for and still have one. */
  next: z.string().nullable(),
});

export const monitorSummarySchema = z.strictObject({
  monitor: z.string(),
  href: z.string(),
  endpoint: z.string().nullable(),
  location: z.string().nullable(),
  /** Id of the baseline in force. */
  baseline: z.string().nullable(),
  latest: reportSummarySchema.nullable(),
  /** Why its monitor.json cannot be used. */
  problem: z.string().nullable(),
});
export type MonitorSummary = z.infer<typeof monitorSummarySchema>;
export const monitorListSchema = z.strictObject({ monitors: z.array(monitorSummarySchema) });

export const seriesPointSchema = z.strictObject({
  report: reportIdSchema,
  kind,
  from: z.string().nullable(),
  to: z.string().nullable(),
  parameters: reportSchema.shape.metrics.element.shape.parameters,
  value: reportSchema.shape.metrics.element.shape.value,
  interval: reportSchema.shape.metrics.element.shape.interval,
  rows: z.number(),
  reason: z.string().nullable(),
  /** Of the check that judged it; null where none did. */
  verdict: verdict.nullable(),
  href: z.string(),
});
export type SeriesPoint = z.infer<typeof seriesPointSchema>;
export const seriesSchema = z.strictObject({
  metric: z.string(),
  column: z.string().nullable(),
  /** Oldest first. */
  points: z.array(seriesPointSchema),
  /** Address of what is older. */
  next: z.string().nullable(),
});

export const auditAnswerSchema = z.strictObject({
  monitor: z.string(),
  from: z.string(),
  to: z.string(),
  verdict,
  id: z.string(),
  href: z.string(),
});
/** What people were told of, or want to hear no more of. */
export const findingSummarySchema = z.strictObject({
  finding: findingKeySchema,
  /** `object`, or a length of windows as `1h`; null for a finding that is muted and nobody was told of. */
  stream: z.string().nullable(),
  /** Whether it was failing when people heard of it last. */
  open: z.boolean(),
  title: z.string().nullable(),
  severity: verdict.nullable(),
  since: z.string().nullable(),
  muted: muteRequestSchema.nullable(),
});
export type FindingSummary = z.infer<typeof findingSummarySchema>;
export const findingListSchema = z.strictObject({
  /** Those that are open first, then by the time they fail since, the newest first. */
  findings: z.array(findingSummarySchema),
});

/** An audit that runs elsewhere. */
export const auditStartedSchema = z.strictObject({ monitor: z.string(), id: z.string(), status: z.literal('running'), href: z.string() });
export const auditStateSchema = z.strictObject({
  monitor: z.string(),
  id: z.string(),
  status: z.enum(['running', 'succeeded', 'failed']),
  started: z.string(),
  ended: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  /** Prefix of the objects that are processed first. */
  backfill: z.string().nullable(),
  /** The verdict and the report, when it succeeded. */
  report: auditAnswerSchema.nullable(),
  /** What became of the objects, when all of them were tried. */
  objects: z
    .strictObject({
      /** In batches that failed; null where there are too many to count. */
      failed: z.number().nullable(),
      /** Why, of the first batches. */
      reasons: z.array(z.string()),
      manifest: z.string(),
    })
    .nullable(),
  /** Why it failed. */
  reason: z.string().nullable(),
});
export type AuditState = z.infer<typeof auditStateSchema>;
export const labelsAnswerSchema = z.strictObject({
  object: z.string(),
  labels: z.number(),
  rejected: z.number(),
  /** The first hundred. */
  rejectedLines: z.array(z.strictObject({ line: z.number(), reason: z.string() })),
});

/** RFC 9457. Each error has a JSON pointer into the body, or the name of a parameter of the query. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() })).optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;
