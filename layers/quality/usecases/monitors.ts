import { requireChecks } from '../checks/known-checks.ts';
import { UsageError } from '../contract/errors.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import { type Facet, isInterval } from '../contract/outcomes.ts';
import { parseMonitor } from '../contract/parse-monitor.ts';
import type { ColumnHints } from '../engine/infer-columns.ts';
import type { Store } from '../store/store.ts';
import { parseDuration } from './audit-calendar.ts';
import type { ProcessDependencies } from './dependencies.ts';
import type { JudgeOptions } from './judge-batch.ts';
import type { OutcomeOptions } from './plan-outcomes.ts';

const MONITOR_KEY = /^monitors\/([a-z0-9-]{1,63})\/monitor\.json$/;
const INPUT_KEY = /^monitors\/([a-z0-9-]{1,63})\/baseline\/input\/.+$/;

/** The monitor whose baseline an object's arrival renews; null for any other object. */
export const renewsBaselineOf = (key: string): string | null => (MONITOR_KEY.exec(key) ?? INPUT_KEY.exec(key))?.[1] ?? null;

export async function readMonitor({ store, dataBucket }: ProcessDependencies, name: string): Promise<Monitor | null> {
  const key = `monitors/${name}/monitor.json`;
  const object = await store.get(dataBucket, key);
  if (object === null) return null;
  const uri = `s3://${dataBucket}/${key}`;
  const monitor = parseMonitor(object.body.toString('utf8'), uri);
  requireChecks(monitor.checks ?? {}, `${uri}: checks`);
  return monitor;
}

/** The monitor whose windows are to be audited: it has to be there. */
export async function monitorToAudit(deps: ProcessDependencies, name: string): Promise<Monitor> {
  const monitor = await readMonitor(deps, name);
  if (monitor === null) throw new UsageError(`audit: no monitor "${name}": s3://${deps.dataBucket}/${keys.monitor(name)} is not there`);
  return monitor;
}

/** Names of the monitors there are, ascending. */
export const monitorNames = async (deps: Pick<ProcessDependencies, 'store' | 'dataBucket'>): Promise<string[]> =>
  (await listMonitors(deps)).map(({ name }) => name);

const listMonitors = async ({
  store,
  dataBucket,
}: Pick<ProcessDependencies, 'store' | 'dataBucket'>): Promise<{ name: string; etag: string }[]> =>
  (await store.list(dataBucket, 'monitors/')).flatMap(({ key, etag }) => {
    const name = MONITOR_KEY.exec(key)?.[1];
    return name === undefined ? [] : [{ name, etag }];
  });

/** What was read, by store and name: with a hundred monitors each object would cause a hundred requests. */
const read = new WeakMap<Store, Map<string, { etag: string; monitor: Monitor | null }>>();

/** The monitor of that ETag, or what has taken its place meanwhile. */
async function monitorAt(deps: ProcessDependencies, name: string, etag: string): Promise<Monitor | null> {
  const kept = read.get(deps.store) ?? new Map<string, { etag: string; monitor: Monitor | null }>();
  read.set(deps.store, kept);
  const known = kept.get(name);
  if (known?.etag === etag) return known.monitor;
  const monitor = await readMonitor(deps, name);
  kept.set(name, { etag, monitor });
  return monitor;
}

/**
 * Every monitor the object belongs to: those whose location is a prefix of its address. A broken one is logged, and stops no other. One that the store does not
 * give is another matter: the object may be its own, and is to come again.
 */
export async function monitorsOf(deps: ProcessDependencies, uri: string): Promise<Monitor[]> {
  const found: Monitor[] = [];
  for (const { name, etag } of await listMonitors(deps)) {
    try {
      const monitor = await monitorAt(deps, name, etag);
      if (monitor?.input?.location !== undefined && uri.startsWith(monitor.input.location)) found.push(monitor);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      deps.log('a monitor cannot be read', { monitor: name, error: error.message });
    }
  }
  return found;
}

/** What a monitor says of its columns one by one. */
export const columnHints = (monitor: Monitor | null): ColumnHints =>
  new Map(Object.entries(monitor?.columns ?? {}).map(([name, { role, type }]) => [name, { ...(role && { role }), ...(type && { type }) }]));

/** A group is a value as it stands, also where values are numbers: its column is one of categories unless its type is said. */
export function readAsGroups(hints: ColumnHints, { facets = [], segments = [] }: OutcomeOptions): void {
  // A score stays a number: as texts its values would be lost to everything else.
  for (const name of [...segments.flat(), ...facets.filter((facet) => !isInterval(facet)).map(({ column }) => column)])
    if (hints.get(name)?.type === undefined && hints.get(name)?.role !== 'score') hints.set(name, { ...hints.get(name), type: 'category' });
}

export function hintsOf(monitor: Monitor): ColumnHints {
  const hints = columnHints(monitor);
  readAsGroups(hints, monitorOutcomes(monitor));
  return hints;
}

/** What a monitor says of outcomes. */
export function monitorOutcomes({
  problem,
  positive,
  decisionThreshold,
  costs,
  favourable,
  groupVariable,
  columns,
  segments,
}: Monitor): OutcomeOptions {
  const facets = Object.entries(columns ?? {}).flatMap(([column, { facet }]): Facet[] => {
    if (facet === undefined) return [];
    if (!Array.isArray(facet)) return [{ column, values: null, ...facet }];
    return [{ column, values: facet.length === 0 ? null : facet.map(String), above: null, upTo: null }];
  });
  const scoreClasses = new Map(
    Object.entries(columns ?? {}).flatMap(([column, of]): [string, string][] =>
      of.class === undefined ? [] : [[column, String(of.class)]],
    ),
  );
  return {
    ...(scoreClasses.size > 0 && { scoreClasses }),
    ...(problem && { problem }),
    ...(positive && { positive: positive.map(String) }),
    ...(decisionThreshold !== undefined && { threshold: decisionThreshold }),
    ...(costs && { costs }),
    ...(favourable && { favourable }),
    ...(groupVariable !== undefined && { groupVariable }),
    ...(facets.length > 0 && { facets }),
    ...(segments && { segments: segments.map((names) => (typeof names === 'string' ? [names] : names)) }),
  };
}

/** What a monitor is judged by: each object, or windows of them. */
export const reportsOn = ({ report, input }: Monitor): 'object' | 'window' => report ?? (input?.format === 'capture' ? 'window' : 'object');

export const DEFAULT_FALSE_ALARM_RATE = 0.01;
export const DEFAULT_MINIMUM_ROWS = 30;

/** How a monitor has its data judged: every factor, unless told otherwise. */
export const judgeOptionsOf = (monitor: Monitor, version: string): JudgeOptions => ({
  monitor: monitor.monitor,
  named: monitor,
  hints: hintsOf(monitor),
  outcomes: monitorOutcomes(monitor),
  settings: monitor.checks ?? {},
  falseAlarmRate: monitor.falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE,
  minimumRows: monitor.minimumRows ?? DEFAULT_MINIMUM_ROWS,
  dataQualityOnly: false,
  version,
});

/** How long after its end the labels of a window should have come. */
export const labelDelayOf = ({ labels }: Monitor): number =>
  labels?.delay === undefined ? 0 : parseDuration(labels.delay, 'labels.delay');
