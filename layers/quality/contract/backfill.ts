import { z } from 'zod';

/** More of them, with their answers, could outgrow the 256 kB an execution may carry. */
export const MOST_WINDOWS = 400;

const instant = z.iso.datetime({ offset: true });

/** What an execution of the state machine is given. */
export const backfillInputSchema = z.strictObject({
  /** Where the objects are that are to be processed first. */
  source: z.strictObject({ bucket: z.string().min(3), prefix: z.string() }).optional(),
  /** What is audited then, as the audit function takes it. Who asked looks at it, and nobody else is told. */
  windows: z.array(z.strictObject({ monitor: z.string(), from: instant, to: instant, quiet: z.literal(true) })).max(MOST_WINDOWS),
  /** Prefix in the data bucket, without a slash at its end, for what became of each batch. */
  results: z.string().startsWith('backfills/'),
});
export type BackfillInput = z.infer<typeof backfillInputSchema>;

/** What the audit function answers, as a part of the output. */
const auditedSchema = z.object({
  audited: z.array(z.object({ monitor: z.string(), from: z.string(), to: z.string(), verdict: z.string(), report: z.string() })),
});

/** As much of what an execution ends with as is read. */
export const backfillOutputSchema = z.object({
  /** Where the map wrote what became of each batch. */
  objects: z.object({ ResultWriterDetails: z.object({ Bucket: z.string(), Key: z.string() }) }).optional(),
  audits: z.array(auditedSchema),
});
export type BackfillOutput = z.infer<typeof backfillOutputSchema>;
