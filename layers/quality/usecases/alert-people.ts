import { decideAlerts } from '../alerts/decide.ts';
import { messageOf } from '../alerts/message.ts';
import { mutedUntil } from '../alerts/mutes.ts';
import type { Notifier } from '../alerts/notifier.ts';
import { failingOf } from '../alerts/standing.ts';
import type { AlertMessage, AlertState } from '../contract/alerts.ts';
import { keys } from '../contract/keys.ts';
import type { Report } from '../contract/report.ts';
import { encodeJson, readAlertState, replaceAlertState } from './alert-state.ts';
import type { WrittenReport } from './announce-report.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { readMutes } from './mutes.ts';
import { isFollowed, precedingReports } from './preceding-reports.ts';
import { objectOf, sameSubject, unsentOf } from './unsent-messages.ts';

const ATTEMPTS = 12;
const HOUR = 3_600_000;

/**
 * Tells people what a report gives reason to. What they know is one object, replaced only as it was read: of several at once the first one sends, the others
 * look again. It is replaced before the message is sent, with the message in it; whoever comes again about the same object or window sends what may not have been.
 */
export async function alertPeople(deps: ProcessDependencies, notifier: Notifier, written: WrittenReport): Promise<void> {
  const name = written.monitor.monitor;
  const stream = streamOf(written.report);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { state, etag } = await readAlertState(deps, name, stream);
    const waiting = await unsentOf(deps, state.unsent, (report) => sameSubject(report, written.report));
    if (waiting !== undefined) {
      await send(deps, notifier, { name, stream, message: waiting });
      if (waiting.report === written.report.id) return;
      continue;
    }
    const next = await decide(deps, written, state);
    if (next === null) return;
    if (await replaceAlertState(deps, name, stream, { state: next.state, etag }))
      return send(deps, notifier, { name, stream, message: next.message });
  }
  throw new Error(`alerts of monitor "${name}" were changed by others ${ATTEMPTS} times meanwhile`);
}

/** Sends what was to be told of an object, by its address, and perhaps was not. */
export async function sendUnsent(deps: ProcessDependencies, name: string, uri: string): Promise<void> {
  if (deps.notifier === undefined) return;
  const { state } = await readAlertState(deps, name, 'object');
  const message = await unsentOf(deps, state.unsent, (report) => objectOf(report) === uri);
  if (message !== undefined) await send(deps, deps.notifier, { name, stream: 'object', message });
}

/** Objects are one stream, and so are the windows of each length: a day is one, also where clocks change. */
export function streamOf({ kind, subject }: Pick<Report, 'kind' | 'subject'>): string {
  if (kind !== 'window') return 'object';
  const hours = (Date.parse(subject.to!) - Date.parse(subject.from!)) / HOUR;
  const days = Math.round(hours / 24);
  return days > 0 && Math.abs(hours - 24 * days) <= 1 ? `${days}d` : `${hours}h`;
}

async function decide(
  deps: ProcessDependencies,
  { monitor, report, key, at }: WrittenReport,
  state: AlertState,
): Promise<{ state: AlertState; message: AlertMessage } | null> {
  const [m, n] = (monitor.confirm ?? [1, 1]) as [number, number];
  const open = Object.values(state.told).some((told) => told.open);
  if (!open && failingOf(report).size === 0) return null;
  const { alerts, told } = decideAlerts({
    ...{ report, at, confirm: [m, n], told: state.told },
    preceding: await precedingReports(deps, monitor.monitor, report, n - 1),
    mutedUntil: mutedUntil(await readMutes(deps, monitor.monitor)),
    newest: !open || !(await isFollowed(deps, monitor.monitor, report, at)),
  });
  if (alerts.length === 0) return null;
  const address = `s3://${deps.dataBucket}/${key}`;
  const words = messageOf({ monitor: monitor.monitor, report, page: address.replace(/json$/, 'html'), alerts });
  const message = { number: state.messages + 1, report: report.id, address, alerts, ...words };
  return { state: { ...state, messages: message.number, told, unsent: [...state.unsent, message] }, message };
}

interface Outgoing {
  name: string;
  stream: string;
  message: AlertMessage;
}

/** Sends, keeps what was sent, and then crosses it off. */
async function send(deps: ProcessDependencies, notifier: Notifier, { name, stream, message }: Outgoing): Promise<void> {
  await notifier.message(name, message);
  deps.log('people told', { monitor: name, stream, number: message.number, report: message.report, alerts: message.alerts.length });
  await deps.store.create(deps.dataBucket, keys.alertMessage(name, stream, message.number), encodeJson(message), 'application/json');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { state, etag } = await readAlertState(deps, name, stream);
    const unsent = state.unsent.filter(({ number }) => number !== message.number);
    if (unsent.length === state.unsent.length || (await replaceAlertState(deps, name, stream, { state: { ...state, unsent }, etag })))
      return;
  }
}
