import { type AlertState, alertStateSchema } from '../contract/alerts.ts';
import { keys } from '../contract/keys.ts';
import type { ProcessDependencies } from './dependencies.ts';

const NOTHING: AlertState = { schema: 'assay.alerts/1', messages: 0, told: {}, unsent: [] };
const MUTES = 'mutes';

/** What people know of a stream, with the ETag to replace it by; null where they know nothing yet. */
export async function readAlertState(
  { store, dataBucket }: ProcessDependencies,
  monitor: string,
  stream: string,
): Promise<{ state: AlertState; etag: string | null }> {
  const key = keys.alerts(monitor, stream);
  const found = await store.get(dataBucket, key);
  if (found === null) return { state: NOTHING, etag: null };
  const state = alertStateSchema.safeParse(JSON.parse(found.body.toString('utf8')));
  if (!state.success) throw new Error(`s3://${dataBucket}/${key} is none of Assay's: ${state.error.issues[0]!.message}`);
  return { state: state.data, etag: found.etag };
}

/** Replaces what people know, if it still is what was read. */
export const replaceAlertState = (
  { store, dataBucket }: ProcessDependencies,
  monitor: string,
  stream: string,
  { state, etag }: { state: AlertState; etag: string | null },
): Promise<boolean> => store.replace(dataBucket, keys.alerts(monitor, stream), encodeJson(state), 'application/json', etag);

/** The streams of a monitor that people were told of. */
export const alertStreams = async ({ store, dataBucket }: ProcessDependencies, monitor: string): Promise<string[]> =>
  (await store.folders(dataBucket, keys.allAlerts(monitor))).filter((name) => name !== MUTES);

export const encodeJson = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
