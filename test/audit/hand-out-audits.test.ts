import { describe, expect, it } from 'vitest';
import type { AuditQueue, AuditTask } from '../../layers/quality/queue/audit-queue.ts';
import { auditOne } from '../../layers/quality/usecases/audit-due.ts';
import { handOutAudits } from '../../layers/quality/usecases/hand-out-audits.ts';
import { lab } from './lab.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const iso = (time: number): string => new Date(time).toISOString().slice(0, 16);
const asText = (task: AuditTask): string =>
  'from' in task ? `${task.monitor} ${iso(task.from)} ${iso(task.to)}` : `${task.monitor} at ${iso(task.time)}`;

/** A store with a monitor, and what was sent. */
function laboratory(extra: object) {
  const cloud = lab(extra);
  const sent: AuditTask[] = [];
  const queue: AuditQueue = { send: async (tasks) => void sent.push(...tasks), retryIn: () => expect.fail('not asked for') };
  const ask = async (time: string, monitor?: string): Promise<string[]> => {
    sent.length = 0;
    const answer = await handOutAudits(cloud.deps(), queue, { time: at(time), monitor });
    expect(answer).toEqual(sent);
    return sent.map(asText);
  };
  return { cloud, ask };
}

describe('what is due', () => {
  it('of all monitors is a question for each, also for one that cannot be read', async () => {
    const { cloud, ask } = laboratory({});
    cloud.put('monitors/a/monitor.json', '{"schema":"assay.monitor/1","chekcs":{}}');
    cloud.put('monitors/a/baseline/input/reference.csv', 'x');
    expect(await ask('2026-03-16T02:15')).toEqual(['a at 2026-03-16T02:15', 'm at 2026-03-16T02:15']);
    await expect(ask('2026-03-16T02:15', 'a')).rejects.toThrow('chekcs');
    await expect(ask('2026-03-16T02:15', 'none')).rejects.toThrow('no monitor "none"');
  });

  it('of one monitor is a message for each window, and once more for each when its labels should have come', async () => {
    const { ask } = laboratory({ windows: ['1h', '1d'], labels: { location: 's3://b/labels/', delay: 'P7D' } });
    expect(await ask('2026-03-10T00:15', 'm')).toEqual([
      'm 2026-03-02T23:00 2026-03-03T00:00',
      'm 2026-03-02T00:00 2026-03-03T00:00',
      'm 2026-03-09T23:00 2026-03-10T00:00',
      'm 2026-03-09T00:00 2026-03-10T00:00',
    ]);
  });

  it('is the same for a time however late it is asked', async () => {
    const { ask } = laboratory({ windows: ['1h'], lateness: 'PT2H', labels: undefined });
    const once = await ask('2026-03-10T09:15', 'm');
    await ask('2026-03-10T10:15', 'm');
    expect(await ask('2026-03-10T09:15', 'm')).toEqual(once);
    expect(once).toEqual(['m 2026-03-10T06:00 2026-03-10T07:00']);
  });
});

describe('a window that nobody asked for', () => {
  // Files of the store are of 2026-03-10 12:00.
  const hourly = { windows: ['1h'], labels: undefined };

  it('is asked for twelve hours later, where it has no report, and then no more', async () => {
    const { cloud, ask } = laboratory(hourly);
    const [due, missed] = ['m 2026-03-16T08:00 2026-03-16T09:00', 'm 2026-03-15T20:00 2026-03-15T21:00'];
    expect(await ask('2026-03-16T09:15', 'm')).toEqual([due, missed]);
    await auditOne(cloud.deps(), 'm', { from: at('2026-03-15T20:00'), to: at('2026-03-15T21:00') });
    expect(await ask('2026-03-16T09:15', 'm')).toEqual([due]);
    expect(await ask('2026-03-16T10:15', 'm')).not.toContain(missed);
  });

  it('is not taken for one that has a report because another begins with it', async () => {
    const { cloud, ask } = laboratory(hourly);
    await auditOne(cloud.deps(), 'm', { from: at('2026-03-15T20:00'), to: at('2026-03-15T22:00') });
    expect(await ask('2026-03-16T09:15', 'm')).toContain('m 2026-03-15T20:00 2026-03-15T21:00');
  });

  it('is not made up of the time before the monitor was what it is', async () => {
    const { ask } = laboratory(hourly);
    expect(await ask('2026-03-10T23:15', 'm')).toEqual(['m 2026-03-10T22:00 2026-03-10T23:00']);
    expect(await ask('2026-03-11T00:15', 'm')).toEqual(['m 2026-03-10T23:00 2026-03-11T00:00', 'm 2026-03-10T11:00 2026-03-10T12:00']);
  });
});
