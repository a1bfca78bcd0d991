import type { AlertMessage } from '../contract/alerts.ts';
import type { Report } from '../contract/report.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { storedReport } from './stored-report.ts';

/**
 * The first of messages that were decided on, and perhaps not sent, that is of such a report. Its own report may never come again: where an object, a label or
 * a mute came since, the same work gives another one.
 */
export async function unsentOf(
  deps: ProcessDependencies,
  unsent: readonly AlertMessage[],
  such: (report: Report) => boolean,
): Promise<AlertMessage | undefined> {
  for (const message of unsent) {
    const report = await storedReport(deps, message.address.slice(`s3://${deps.dataBucket}/`.length));
    if (report !== null && such(report)) return message;
  }
  return undefined;
}

/** Whether two reports are about the same window, or the same key's object. */
export function sameSubject(a: Report, b: Report): boolean {
  if (a.id === b.id) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'window') return a.subject.from === b.subject.from && a.subject.to === b.subject.to;
  return objectOf(a) !== undefined && objectOf(a) === objectOf(b);
}

/** The address of the object that a report is about. */
export const objectOf = ({ subject }: Report): string | undefined => subject.objects[0]?.uri;
