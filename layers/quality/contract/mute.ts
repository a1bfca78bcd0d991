import { z } from 'zod';

/** Name of a finding across reports, in addresses and keys: 16 hexadecimal digits, made by alerts/subject.ts. */
export const findingKeySchema = z.string().regex(/^[0-9a-f]{16}$/);

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'expected one line of text');

/** What a person says who wants to hear no more of a finding for a while. */
export const muteRequestSchema = z.strictObject({
  reason: line(500),
  /** Who says so. */
  by: line(200),
  /** Reports that begin before it are muted. */
  until: z.iso.datetime({ offset: true, error: 'expected a time as 2026-07-08T09:00:00Z' }),
});
export type MuteRequest = z.infer<typeof muteRequestSchema>;

/** The same as it is kept, under `alerts/<monitor>/mutes/`. */
export const muteSchema = z.strictObject({
  schema: z.literal('assay.mute/1'),
  monitor: z.string(),
  finding: findingKeySchema,
  ...muteRequestSchema.shape,
});
export type Mute = z.infer<typeof muteSchema>;
