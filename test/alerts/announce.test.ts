import { describe, expect, it } from 'vitest';
import type { Notifier, ReportMeasures } from '../../layers/quality/alerts/notifier.ts';
import { type AlertMessage, alertStateSchema, type ReportEvent } from '../../layers/quality/contract/alerts.ts';
import { keys } from '../../layers/quality/contract/keys.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { announceReport } from '../../layers/quality/usecases/announce-report.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { memoryStore } from '../usecases/memory-store.ts';
import { HOUR, hour, reportOf, START } from './lab.ts';

const monitor: Monitor = { schema: 'assay.monitor/1', monitor: 'm', report: 'object' };

/** A store, and people and programs who listen. A notifier may fail once. */
function lab() {
  const store = memoryStore();
  const messages: AlertMessage[] = [];
  const events: ReportEvent[] = [];
  const measures: ReportMeasures[] = [];
  let failing = '';
  const fails = (what: string) => {
    if (failing !== what) return;
    failing = '';
    throw new Error(`${what} is down`);
  };
  const notifier: Notifier = {
    message: async (_, message) => {
      fails('message');
      messages.push(message);
    },
    event: async (event) => {
      fails('event');
      events.push(event);
    },
    measure: (each) => void measures.push(each),
  };
  const resources = { scratch: '/nowhere', memoryMB: 1, workers: 1 };
  const deps: ProcessDependencies = { store, resources, scratchBytes: 1, version: 'test', dataBucket: 'b', log: () => {}, notifier };
  const write = (h: number, report: Report): string => {
    const key = `${keys.report('m', START + h * HOUR, report.kind, report.id)}report.json`;
    store.objects.set(key, Buffer.from(JSON.stringify(report)));
    return key;
  };
  const tell = (h: number, report: Report, of: Partial<Monitor> = {}) =>
    announceReport(deps, { monitor: { ...monitor, ...of }, report, key: write(h, report), at: START + h * HOUR });
  const mute = (finding: string, until: string) =>
    store.objects.set(
      keys.mute('m', finding),
      Buffer.from(JSON.stringify({ schema: 'assay.mute/1', monitor: 'm', finding, reason: 'known', by: 'Ada', until })),
    );
  return { store, deps, messages, events, measures, write, tell, mute, failNext: (what: string) => void (failing = what) };
}

const batch = (h: number, verdicts: Parameters<typeof reportOf>[1], more: Partial<Report> = {}) =>
  reportOf(h, verdicts, { kind: 'batch', ...more });
const heard = ({ messages }: ReturnType<typeof lab>) => messages.map(({ alerts }) => alerts.map(({ kind, title }) => `${kind} ${title}`));

describe('a report that was written', () => {
  it('is told of once to programs and charts, and to people where it is news', async () => {
    const of = lab();
    for (const h of [0, 1, 1, 2]) await of.tell(h, batch(h, { x: h === 0 ? 'pass' : 'fail' }));
    expect(heard(of)).toEqual([['opened x drifted']]);
    expect(of.messages[0]).toMatchObject({ number: 1, subject: 'FAIL m: x drifted' });
    expect(of.events.map(({ from, verdict }) => [from, verdict])).toEqual([
      [hour(0), 'pass'],
      [hour(1), 'fail'],
      [hour(2), 'fail'],
    ]);
    expect(of.measures.map(({ failedChecks, rows, newest }) => [failedChecks, rows, newest?.toISOString()])).toEqual([
      [0, 100, hour(1)],
      [1, 100, hour(2)],
      [1, 100, hour(3)],
    ]);
    expect([...of.store.objects.keys()].filter((key) => key.startsWith('alerts/'))).toEqual([
      'alerts/m/object/current.json',
      'alerts/m/object/000001.json',
    ]);
  });

  it('is told of again where the sender stopped before it was sure, and never lost', async () => {
    for (const what of ['message', 'event']) {
      const of = lab();
      of.failNext(what);
      const report = batch(1, { x: 'fail' });
      await expect(of.tell(1, report)).rejects.toThrow(`${what} is down`);
      await of.tell(2, batch(2, { x: 'fail' }));
      await of.tell(1, report);
      await of.tell(1, report);
      expect(heard(of)).toEqual([['opened x drifted']]);
      expect(of.events.map(({ from }) => from)).toEqual([hour(2), hour(1)]);
      const state = alertStateSchema.parse(JSON.parse(of.store.objects.get('alerts/m/object/current.json')!.toString()));
      expect(state).toMatchObject({ messages: 1, unsent: [] });
    }
  });

  it('is told of whichever write was the last before the sender died', async () => {
    const writes = ['alerts/m/object/current.json', 'alerts/m/object/000001.json', 'alerts/m/object/current.json', 'announced.json'];
    for (const [nth, name] of writes.entries()) {
      const of = lab();
      let count = 0;
      for (const write of ['create', 'replace'] as const) {
        const whole = of.store[write] as (...given: unknown[]) => Promise<never>;
        Object.assign(of.store, {
          [write]: async (...given: unknown[]) => {
            if (count++ !== nth) return whole(...given);
            expect(String(given[1])).toContain(name);
            throw new Error('killed');
          },
        });
      }
      const report = batch(1, { x: 'fail' });
      await expect(of.tell(1, report)).rejects.toThrow('killed');
      await of.tell(1, report);
      await of.tell(1, report);
      const state = alertStateSchema.parse(JSON.parse(of.store.objects.get('alerts/m/object/current.json')!.toString()));
      // Killed after it was sent, and before that was written down, it is sent twice.
      expect([nth, of.messages.length, of.events.length]).toEqual([nth, [1, 2, 2, 1][nth], nth === 3 ? 2 : 1]);
      expect([state.messages, state.unsent]).toEqual([1, []]);
    }
  });

  it('is news to people once where ten fail for the same reason at once', async () => {
    const of = lab();
    await Promise.all(Array.from({ length: 10 }, (_, h) => of.tell(h, batch(h, { x: 'fail' }))));
    expect(heard(of)).toEqual([['opened x drifted']]);
    expect(of.events).toHaveLength(10);
  });

  it('is none where it was judged otherwise before: then there is no such report', async () => {
    const of = lab();
    const report = batch(1, { x: 'fail' });
    await announceReport(of.deps, { monitor, report, key: 'reports/m/none/report.json', at: START });
    expect([of.messages, of.events, of.measures]).toEqual([[], [], []]);
  });

  it('of an object is no alert where windows are judged, and windows of each length are told of by themselves', async () => {
    const of = lab();
    await of.tell(0, batch(0, { x: 'fail' }), { report: 'window' });
    expect([of.messages.length, of.events.length]).toEqual([0, 1]);
    const day = reportOf(0, { x: 'fail' });
    await of.tell(0, reportOf(1, { x: 'fail' }), { report: 'window' });
    await of.tell(0, { ...day, subject: { ...day.subject, to: hour(24) } }, { report: 'window' });
    expect([...of.store.objects.keys()].filter((key) => key.endsWith('current.json'))).toEqual([
      'alerts/m/1h/current.json',
      'alerts/m/1d/current.json',
    ]);
    expect(of.measures.map(({ newest }) => newest)).toEqual([new Date(hour(1)), null, null]);
  });

  it('is held against those before it where the monitor wants alerts confirmed', async () => {
    for (const kind of ['batch', 'window'] as const) {
      const of = lab();
      const story = ['fail', 'pass', 'fail', 'fail', 'pass', 'pass', 'pass'] as const;
      for (const [h, verdict] of story.entries()) await of.tell(h, reportOf(h, { x: verdict }, { kind }), { confirm: [2, 2] });
      expect([kind, ...of.messages.map(({ report, alerts }) => [Number.parseInt(report, 16), alerts[0]!.kind])]).toEqual([
        kind,
        [3, 'opened'],
        [4, 'recovered'],
      ]);
    }
  });

  it('does not end an alert of a window that others have followed', async () => {
    const of = lab();
    for (const h of [0, 1, 2]) await of.tell(h, reportOf(h, { x: 'fail' }));
    await of.tell(1, reportOf(1, { x: 'pass' }, { id: 'ffffffffffffffff' }));
    expect(heard(of)).toEqual([['opened x drifted']]);
    await of.tell(3, reportOf(3, { x: 'pass' }));
    expect(heard(of).at(-1)).toEqual(['recovered x drifted']);
  });

  it('does not end an alert of an object that came late, when later ones are known', async () => {
    const of = lab();
    for (const h of [0, 2]) await of.tell(h, batch(h, { x: 'fail' }));
    await of.tell(1, batch(1, { x: 'pass' }));
    expect(heard(of)).toEqual([['opened x drifted']]);
    await of.tell(3, batch(3, { x: 'pass' }));
    expect(heard(of).at(-1)).toEqual(['recovered x drifted']);
  });

  it('is no news while it is muted, and news when that ends', async () => {
    const loud = lab();
    await loud.tell(0, batch(0, { x: 'fail' }));
    const of = lab();
    of.mute(loud.messages[0]!.alerts[0]!.finding, hour(2));
    for (const h of [0, 1, 2, 3]) await of.tell(h, batch(h, { x: 'fail' }));
    expect(of.messages.map(({ report }) => Number.parseInt(report, 16))).toEqual([2]);
  });

  it('is told to nobody where nobody listens', async () => {
    const of = lab();
    const { notifier: _, ...deaf } = of.deps;
    const report = batch(0, { x: 'fail' });
    await announceReport(deaf, { monitor, report, key: of.write(0, report), at: START });
    expect([...of.store.objects.keys()]).toHaveLength(1);
  });
});

it.each([
  ['[3, 2]', 'expected [m, n] with m at most n'],
  ['[1]', '"confirm'],
  ['[0, 1]', '"confirm.0"'],
  ['[1, 25]', '"confirm.1"'],
])('"confirm": %s is refused where it is wrong', (confirm, words) => {
  const text = `{ "schema": "assay.monitor/1", "monitor": "m", "confirm": ${confirm} }`;
  expect(() => parseMonitor(text, 'monitor.json')).toThrow(words);
});
