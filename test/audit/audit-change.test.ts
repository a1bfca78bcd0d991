import { describe, expect, it } from 'vitest';
import { keys } from '../../layers/quality/contract/keys.ts';
import { type Finding, type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { seededDraws } from '../../layers/quality/math/intervals/seeded-draws.ts';
import { type Trace, traceFindings, withTraces } from '../../layers/quality/usecases/audit-since.ts';
import { HOUR, hour, reportOf } from '../alerts/lab.ts';
import { memoryStore } from '../usecases/memory-store.ts';

const baseline = (id: string): Report['baseline'] => ({ id, rows: 1000, chunks: 20, from: null, to: null });

/** The report of an hour in which this share of x is missing; beyond a tenth it fails. */
function missing(h: number, share: number, more: Partial<Report> = {}, interval: [number, number] | null = null): Report {
  const report = reportOf(h, { x: share > 0.1 ? 'fail' : 'pass' }, { baseline: baseline('a'), ...more });
  const metric: Report['metrics'][number] = {
    ...{ metric: 'missing_rate', factor: 'data_quality', column: 'x', segment: null, facet: null, parameters: {}, value: share },
    ...{ interval, rows: 100, error: null, reason: null },
  };
  const threshold = { warn: 0.05, fail: 0.1, direction: 'above', source: 'default' } as const;
  const checks = report.checks.map((check) => ({
    ...check,
    id: 'missing_rate/x',
    metric: 0,
    threshold,
    expected: 0.01,
    effect: share - 0.01,
  }));
  const findings = report.findings.map((finding): Finding => ({ ...finding, checks: ['missing_rate/x'] }));
  return reportSchema.parse({ ...report, metrics: [metric], checks, findings });
}

/** Traces the findings of the last of some reports; the windows that were read for it. */
async function trace(reports: Report[]): Promise<{ trace: Trace | undefined; read: number; report: Report }> {
  const store = memoryStore();
  for (const each of reports)
    store.objects.set(
      `${keys.report('m', Date.parse(each.subject.from!), 'window', each.id)}report.json`,
      Buffer.from(JSON.stringify(each)),
    );
  const listed = new Set<string>();
  const list = store.list.bind(store);
  store.list = (bucket, prefix) => {
    listed.add(prefix);
    return list(bucket, prefix);
  };
  const resources = { scratch: '/nowhere', memoryMB: 1, workers: 1 };
  const deps = { store, resources, scratchBytes: 1, version: 'test', dataBucket: 'b', log: () => undefined };
  const last = reports.at(-1)!;
  const from = Date.parse(last.subject.from!);
  const traces = await traceFindings(deps, 'm', { from, to: from + HOUR }, last);
  return { trace: traces.get('shift/x'), read: listed.size, report: withTraces(last, traces) };
}

/** Shares of 40 hours: about the first of two levels, then about the second. */
function shares(change: number, [low, high]: [number, number] = [0.02, 0.21]): number[] {
  const draw = seededDraws('shares');
  return Array.from({ length: 40 }, (_, h) => (h < change ? low : high) + Math.round(draw() * 100) / 1e4);
}

const reportsOf = (values: number[], more: (h: number) => Partial<Report> = () => ({}), half = 0): Report[] =>
  values.map((share, h) => missing(h, share, more(h), half === 0 ? null : [share - half, share + half]));

describe('a finding that lasts', () => {
  it('says when its level changed, from what to what, of how many windows', async () => {
    const { trace: of, read, report } = await trace(reportsOf(shares(34)));
    expect(of).toMatchObject({ since: hour(34), change: { at: hour(34), windows: 31 } });
    expect(of!.change!.before).toBeCloseTo(0.025, 2);
    expect(of!.change!.after).toBeCloseTo(0.215, 2);
    expect(of!.change!.pValue).toBeLessThanOrEqual(0.01);
    expect(read).toBe(30);
    expect(reportSchema.parse(report).findings[0]!.change).toEqual(of!.change);
  });

  it('may have changed before it began to fail', async () => {
    const values = shares(30, [0.02, 0.102]);
    for (const h of [30, 31, 32]) values[h] = 0.099;
    const { trace: of } = await trace(reportsOf(values));
    expect(of).toMatchObject({ since: hour(33), change: { at: hour(30) } });
  });

  it('gives the same bytes again, and another id than without', async () => {
    const [first, second] = [await trace(reportsOf(shares(34))), await trace(reportsOf(shares(34)))];
    expect(JSON.stringify(first.report)).toBe(JSON.stringify(second.report));
    const { change: _, ...since } = first.trace!;
    expect(withTraces(reportsOf(shares(34)).at(-1)!, new Map([['shift/x', since]])).id).not.toBe(first.report.id);
  });
});

describe('nothing is said of a change', () => {
  it.each<[string, Report[]]>([
    ['that only just began', reportsOf(shares(38))],
    ['in a history of nine windows', reportsOf(shares(34).slice(31))],
    ['before another baseline', reportsOf(shares(30), (h) => ({ baseline: baseline(h < 30 ? 'a' : 'b') }))],
    ['for the better', reportsOf(shares(30, [0.6, 0.2]))],
    ["smaller than a window's rows can tell", reportsOf(shares(30), undefined, 0.2)],
  ])('%s', async (_, reports) => {
    const { trace: of } = await trace(reports);
    expect(of?.since).toBeDefined();
    expect(of?.change).toBeUndefined();
  });

  it('of a finding of two windows, for which no more is read than before', async () => {
    const { trace: of, read } = await trace(reportsOf(shares(38)));
    expect([of!.since, read]).toEqual([hour(38), 2]);
  });

  it('where a window was not audited: the search ends there', async () => {
    const reports = reportsOf(shares(34)).filter((_, h) => h !== 32);
    const { trace: of } = await trace(reports);
    expect([of!.since, of!.change]).toEqual([hour(34), undefined]);
  });
});
