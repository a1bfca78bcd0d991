import type { Monitor } from '../contract/monitor.ts';

export interface Refreshed {
  monitor: Monitor;
  /** What is other than before, a line each. */
  changes: string[];
  /** Whether another model answers now. */
  deployed: boolean;
}

/**
 * A monitor as its endpoint is now. Where data arrives, how much of it and which model answers follow the endpoint; whatever else somebody configured stays, and what a
 * baseline of the new model says is added where nothing was said.
 */
export function refreshMonitor(there: Monitor, found: Monitor): Refreshed {
  const changes: string[] = [];
  const deployed = found.deployment !== undefined && found.deployment !== there.deployment;
  const say = (what: string, before: unknown, now: unknown): void => void changes.push(`${what}: ${said(before)} is now ${said(now)}`);
  if (deployed) say('deployment', there.deployment, found.deployment);
  const input = { ...found.input, ...there.input };
  const location = locationOf(there, found);
  if (location !== undefined && location !== there.input?.location) {
    say('input.location', there.input?.location, location);
    input.location = location;
  }
  const share = found.input?.samplingPercentage;
  if (share !== undefined && share !== there.input?.samplingPercentage) {
    say('input.samplingPercentage', there.input?.samplingPercentage, share);
    input.samplingPercentage = share;
  }
  const monitor: Monitor = { ...found, ...there, input };
  if (deployed) Object.assign(monitor, { deployment: found.deployment, ...(found.baseline !== undefined && { baseline: found.baseline }) });
  for (const part of ['columns', 'checks'] as const) {
    const added = Object.keys(found[part] ?? {}).filter((name) => !Object.hasOwn(there[part] ?? {}, name));
    if (added.length > 0) changes.push(`${part}: ${added.join(', ')} of the model's baseline`);
    if (found[part] !== undefined) Object.assign(monitor, { [part]: { ...found[part], ...there[part] } });
  }
  return { monitor, changes, deployed };
}

const said = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** A monitor of one variant stays with it, and one of a part of the endpoint's prefix with that part. */
function locationOf({ endpoint, input }: Monitor, found: Monitor): string | undefined {
  const now = found.input?.location;
  const before = input?.location;
  const at = before?.lastIndexOf(`/${endpoint}/`) ?? -1;
  if (now === undefined || before === undefined || at < 0) return before ?? now;
  return now + before.slice(at + `/${endpoint}/`.length);
}
