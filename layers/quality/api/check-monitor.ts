import { requireChecks } from '../checks/known-checks.ts';
import { UsageError } from '../contract/errors.ts';
import { type Monitor, monitorSchema } from '../contract/monitor.ts';
import { describeIssue } from '../contract/parse-monitor.ts';
import { prepareCapture } from '../dataset/capture/prepare.ts';
import { parseDuration, parseWindow } from '../usecases/audit-calendar.ts';
import { atPointer, Problem, pointerTo } from './problem.ts';

const SAID = 3;
const MOST_ERRORS = 20;

/** What is in a body that is to become a monitor; every mistake with its place and what is near. */
export function checkMonitor(json: unknown, name: string): Monitor {
  const parsed = monitorSchema.safeParse(json);
  if (!parsed.success) throw wrongMonitor(parsed.error.issues);
  const monitor = parsed.data;
  if (monitor.monitor !== name) throw atPointer(['monitor'], `expected "${name}", the name in the address; found "${monitor.monitor}"`);
  requireUsable(monitor);
  return monitor;
}

function wrongMonitor(issues: Parameters<typeof describeIssue>[0][]): Problem {
  const errors = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: describeIssue({ ...issue, keys: [key] }) }))
      : [{ pointer: pointerTo(issue.path), detail: describeIssue(issue) }],
  );
  const first = errors.slice(0, SAID).map(({ detail }) => detail);
  return new Problem(400, `the monitor is wrong: ${first.join('; ')}`, { errors: errors.slice(0, MOST_ERRORS) });
}

/** What would be found out only when it is used: names of checks, lengths, expressions, the time zone. */
function requireUsable({ checks = {}, windows = [], lateness, labels, timeZone, input, modelMonitor }: Monitor): void {
  for (const [check, setting] of Object.entries(checks)) at(['checks', check], () => requireChecks({ [check]: setting }, 'checks'));
  for (const [index, window] of windows.entries()) at(['windows', index], () => parseWindow(window));
  if (modelMonitor?.window !== undefined) at(['modelMonitor', 'window'], () => parseWindow(modelMonitor.window!));
  if (lateness !== undefined) at(['lateness'], () => parseDuration(lateness, 'lateness'));
  const delay = labels?.delay;
  if (delay !== undefined) at(['labels', 'delay'], () => parseDuration(delay, 'labels.delay'));
  at(['input'], () => prepareCapture(input));
  at(['timeZone'], () => {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      throw new UsageError(`timeZone: expected a name as "Europe/Berlin", got "${timeZone}"`);
    }
  });
}

function at(path: readonly PropertyKey[], check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw error instanceof UsageError ? atPointer(path, error.message) : error;
  }
}
