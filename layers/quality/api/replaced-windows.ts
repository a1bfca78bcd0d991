import type { Report } from '../contract/report.ts';
import type { ProcessDependencies } from '../usecases/dependencies.ts';
import { storedReport } from '../usecases/stored-report.ts';
import { hourOf, newestReports } from './find-reports.ts';

/**
 * Tells of reports, taken in the order of lists, whether one on the same window was written after it. Of a list that goes on after a place, the reports on windows
 * that its hour has before that place are looked at first.
 */
export async function replacedWindows(
  deps: ProcessDependencies,
  monitor: string,
  after: string | null,
): Promise<(report: Report) => boolean> {
  const seen = new Set<string>();
  const isReplaced = ({ kind, subject: { from, to } }: Report): boolean => {
    if (kind !== 'window') return false;
    const window = `${from} ${to}`;
    const before = seen.has(window);
    seen.add(window);
    return before;
  };
  if (after === null) return isReplaced;
  const hour = hourOf(after);
  for await (const { place, kind, key } of newestReports(deps, monitor, { from: hour, to: hour + 1 })) {
    const report = kind === 'window' ? await storedReport(deps, key) : null;
    if (report !== null) isReplaced(report);
    if (place === after) break;
  }
  return isReplaced;
}
