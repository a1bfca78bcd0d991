import { withMutes } from '../alerts/mutes.ts';
import { keys } from '../contract/keys.ts';
import { type Mute, muteSchema } from '../contract/mute.ts';
import type { Report } from '../contract/report.ts';
import type { ProcessDependencies } from './dependencies.ts';

/** Every mute of a monitor, those that have ended among them. */
export async function readMutes({ store, dataBucket }: ProcessDependencies, monitor: string): Promise<Mute[]> {
  const listed = await store.list(dataBucket, keys.mutes(monitor));
  const read = listed.map(async ({ key }) => {
    const found = await store.get(dataBucket, key);
    const mute = found === null ? null : muteSchema.safeParse(JSON.parse(found.body.toString('utf8')));
    if (mute?.success === false) throw new Error(`s3://${dataBucket}/${key} is no mute: ${mute.error.issues[0]!.message}`);
    return mute?.data ?? [];
  });
  return (await Promise.all(read)).flat();
}

/** A report that says which of its findings are muted at the time it begins. */
export const muted = async (deps: ProcessDependencies, report: Report, monitor: string, at: number): Promise<Report> =>
  report.findings.length === 0 ? report : withMutes(report, at, await readMutes(deps, monitor));
