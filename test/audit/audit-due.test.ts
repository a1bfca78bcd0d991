import { describe, expect, it } from 'vitest';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { borderBefore, parseDuration, parseWindow } from '../../layers/quality/usecases/audit-calendar.ts';
import { auditDue, windowsDue, windowsOf } from '../../layers/quality/usecases/audit-due.ts';
import { csvOf, lab, rowsOf, SEEN } from './lab.ts';

const location = 's3://b/data/';
const at = (text: string): number => Date.parse(`${text}Z`);
const monitor = (of: Partial<Monitor>): Monitor => ({ schema: 'assay.monitor/1', monitor: 'm', ...of });
const due = (of: Partial<Monitor>, time: string): string[] =>
  windowsDue(monitor(of), at(time)).map(({ from, to }) => `${iso(from)} ${iso(to)}`);
const iso = (time: number): string => new Date(time).toISOString().slice(0, 16);

describe('windows due', () => {
  it('are the hour that ended, once it may be complete', () => {
    expect(due({ windows: ['1h'] }, '2026-07-01T13:15')).toEqual(['2026-07-01T12:00 2026-07-01T13:00']);
    expect(due({ windows: ['1h'] }, '2026-07-01T13:14')).toEqual(['2026-07-01T11:00 2026-07-01T12:00']);
    expect(due({ windows: ['1h'], lateness: 'PT2H' }, '2026-07-01T13:15')).toEqual(['2026-07-01T10:00 2026-07-01T11:00']);
  });

  it('are the day that ended, asked in the first hour after', () => {
    expect(due({ windows: ['1d'] }, '2026-07-02T00:15')).toEqual(['2026-07-01T00:00 2026-07-02T00:00']);
    for (const time of ['2026-07-01T23:15', '2026-07-02T01:15', '2026-07-02T12:15']) expect(due({ windows: ['1d'] }, time)).toEqual([]);
  });

  it('are audited again when their labels should have come', () => {
    const labelled = { windows: ['1h', '1d'], labels: { location: 's3://b/l/', delay: 'P7D' } };
    expect(due(labelled, '2026-07-08T00:15')).toEqual([
      '2026-06-30T23:00 2026-07-01T00:00',
      '2026-06-30T00:00 2026-07-01T00:00',
      '2026-07-07T23:00 2026-07-08T00:00',
      '2026-07-07T00:00 2026-07-08T00:00',
    ]);
    expect(due({ ...labelled, labels: { location: 's3://b/l/' } }, '2026-07-08T05:15')).toEqual(['2026-07-08T04:00 2026-07-08T05:00']);
  });

  it('come round once each, whatever hour of a year is asked about', () => {
    const zone = { windows: ['1d', '6h'], timeZone: 'Europe/Berlin', lateness: 'PT0S' };
    const found: string[] = [];
    for (let hour = at('2026-01-01T00:00'); hour < at('2027-01-01T00:00'); hour += 3_600_000) found.push(...due(zone, `${iso(hour)}:00`));
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(365 + 365 * 4);
    const days = found.filter((each) => at(each.slice(17)) - at(each.slice(0, 16)) > 7 * 3_600_000);
    const lengths = days.map((each) => (at(each.slice(17)) - at(each.slice(0, 16))) / 3_600_000);
    expect([lengths.length, Math.min(...lengths), Math.max(...lengths), lengths.reduce((a, b) => a + b)]).toEqual([365, 23, 25, 365 * 24]);
    for (const [i, each] of days.slice(1).entries()) expect(each.slice(0, 16)).toBe(days[i]!.slice(17));
  });

  it.each([
    [{ input: { location } }, []],
    [{ input: { location }, labels: { location: 's3://b/l/' } }, ['1d']],
    [{ input: { location }, report: 'window' }, ['1h', '1d']],
    [{ input: { location, format: 'capture' } }, ['1h', '1d']],
    [{ input: { location, format: 'capture' }, report: 'object' }, []],
    [{ windows: ['2d'], report: 'window' }, ['2d']],
    [{ report: 'window' }, []],
  ] as [Partial<Monitor>, string[]][])('of %j are %j', (of, windows) => {
    expect(windowsOf(monitor(of))).toEqual(windows);
  });
});

describe('a calendar', () => {
  it.each([
    ['2026-03-29T12:00', 'Europe/Berlin', '2026-03-28T23:00'],
    ['2026-03-30T12:00', 'Europe/Berlin', '2026-03-29T22:00'],
    ['2026-07-01T02:00', 'America/New_York', '2026-06-30T04:00'],
    ['2026-07-01T20:00', 'Asia/Kolkata', '2026-07-01T18:00'],
    ['2026-07-01T20:00', 'UTC', '2026-07-01T00:00'],
  ])('begins the day of %s in %s at %s, on the hour', (time, zone, start) => {
    expect(iso(borderBefore(parseWindow('1d'), at(time), zone))).toBe(start);
  });

  it('reads durations', () => {
    expect(['PT15M', 'P7D', 'P1DT12H', 'P2W', 'PT90S'].map((text) => parseDuration(text, 'lateness') / 1000)).toEqual([
      900, 604_800, 129_600, 1_209_600, 90,
    ]);
  });

  it.each([
    [() => parseDuration('15 minutes', 'lateness'), /lateness: expected an ISO 8601 duration/],
    [() => parseDuration('P', 'labels.delay'), /labels\.delay/],
    [() => parseDuration('P1M', 'lateness'), /P1M/],
    [() => parseWindow('1w'), /windows: expected hours or days/],
    [() => borderBefore(parseWindow('1d'), 0, 'Mars/Olympus'), /timeZone: expected a name/],
  ])('names what it cannot read', (read, words) => {
    expect(read).toThrow(words);
  });
});

describe('what is due', () => {
  it('of one monitor is audited one window after the other', async () => {
    const cloud = lab({ windows: ['1h'] });
    const audited = await auditDue(cloud.deps(), { time: at('2026-03-16T02:15'), monitor: 'm' });
    expect(audited.map(({ from, to }) => [from.slice(0, 16), to.slice(0, 16)])).toEqual([
      ['2026-03-15T01:00', '2026-03-15T02:00'],
      ['2026-03-16T01:00', '2026-03-16T02:00'],
    ]);
  });

  it('before the monitor was there and anything came for it is empty, and no fault', async () => {
    const cloud = lab({ windows: ['1h'], labels: undefined });
    cloud.store.written.set('monitors/m/monitor.json', new Date(at('2026-03-16T01:30')));
    const verdict = async (time: string) => (await auditDue(cloud.deps(), { time: at(time), monitor: 'm' }))[0]!.verdict;
    expect(await verdict('2026-03-16T01:20')).toBe('pass');
    expect(await verdict('2026-03-16T02:15')).toBe('fail');
    await cloud.arrive('data/a.csv', csvOf(rowsOf(at('2026-03-15T22:00') / 3_600_000, 50), SEEN));
    expect(await verdict('2026-03-16T00:20')).toBe('fail');
    expect(await verdict('2026-03-15T22:20')).toBe('pass');
  });

  it('of one monitor and length is the last window that ended', async () => {
    const cloud = lab();
    const [only, ...others] = await auditDue(cloud.deps(), { time: at('2026-03-16T09:40'), monitor: 'm', window: '1d' });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ monitor: 'm', from: '2026-03-15T00:00:00.000Z', to: '2026-03-16T00:00:00.000Z', verdict: 'fail' });
  });
});
