import { keys } from '../contract/keys.ts';
import type { WrittenReport } from './announce-report.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { storedReport } from './stored-report.ts';

/**
 * What was written of an object that was judged before under another configuration, another baseline or without a mute, and of which nobody was told yet:
 * whoever wrote it was stopped in between. Null where there is no such report.
 */
export async function judgedBefore(
  deps: ProcessDependencies,
  { monitor, report, at }: WrittenReport,
): Promise<Pick<WrittenReport, 'report' | 'key'> | null> {
  const [object] = report.subject.objects;
  const listed = new Set((await deps.store.list(deps.dataBucket, keys.reportsAt(monitor.monitor, at, report.kind))).map(({ key }) => key));
  for (const key of listed) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    if (!key.endsWith('/report.json') || listed.has(keys.announced(folder))) continue;
    const before = await storedReport(deps, key);
    const [subject] = before?.subject.objects ?? [];
    if (subject !== undefined && subject.uri === object?.uri && subject.sha256 === object.sha256) return { report: before!, key };
  }
  return null;
}
