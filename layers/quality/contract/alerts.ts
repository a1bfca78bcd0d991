import { z } from 'zod';
import { findingKeySchema } from './mute.ts';
import { findingSchema, reportSchema } from './report.ts';
import { VERDICTS } from './verdict.ts';

export const ALERT_KINDS = ['opened', 'reminder', 'recovered'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

const verdict = z.enum(VERDICTS);

/** What people were last told of a finding. Times are those that reports begin at. */
export const toldSchema = z.strictObject({
  /** Whether it was failing when they were told. */
  open: z.boolean(),
  subject: z.string(),
  title: z.string(),
  severity: verdict,
  checks: z.array(z.string()),
  /** Since when it fails, as far as that is known. */
  since: z.string(),
  /** Begin of the report they were told of. */
  at: z.string(),
});
export type Told = z.infer<typeof toldSchema>;

export const alertSchema = z.strictObject({
  kind: z.enum(ALERT_KINDS),
  finding: findingKeySchema,
  title: z.string(),
  severity: verdict,
  since: z.string(),
});
export type Alert = z.infer<typeof alertSchema>;

/** All that one report gives reason to tell: one message. */
export const alertMessageSchema = z.strictObject({
  /** Counts the messages of a stream. */
  number: z.number().int(),
  report: z.string(),
  /** Address of report.json. */
  address: z.string(),
  alerts: z.array(alertSchema),
  subject: z.string(),
  text: z.string(),
});
export type AlertMessage = z.infer<typeof alertMessageSchema>;

/** What people know of a stream of reports: those of one monitor's objects, or of its windows of one length. */
export const alertStateSchema = z.strictObject({
  schema: z.literal('assay.alerts/1'),
  /** Messages so far. */
  messages: z.number().int(),
  /** By the finding's key. */
  told: z.record(findingKeySchema, toldSchema),
  /** Decided, and perhaps not sent. */
  unsent: z.array(alertMessageSchema),
});
export type AlertState = z.infer<typeof alertStateSchema>;

/** Detail of the EventBridge event that follows each report. */
export const reportEventSchema = z.strictObject({
  schema: z.literal('assay.event/1'),
  monitor: z.string(),
  report: z.string(),
  kind: reportSchema.shape.kind,
  verdict,
  from: z.string().nullable(),
  to: z.string().nullable(),
  objects: z.number().int(),
  rows: z.number().int(),
  /** Checks that failed or could not be run. */
  failedChecks: z.number().int(),
  summary: z.string(),
  /** The first 20. */
  findings: z.array(
    z.strictObject({
      finding: findingKeySchema,
      ...findingSchema.pick({ id: true, title: true, severity: true, cause: true, columns: true, since: true }).shape,
      muted: z.boolean(),
    }),
  ),
  /** Findings there are in all. */
  found: z.number().int(),
  /** Address of report.json. */
  address: z.string(),
});
export type ReportEvent = z.infer<typeof reportEventSchema>;

/** Source and type that rules match on. */
export const REPORT_EVENT = { source: 'assay', detailType: 'Assay report' } as const;
