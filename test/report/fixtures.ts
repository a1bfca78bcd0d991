import type { CheckResult, ColumnReport, Finding, MetricRow, Report } from '../../layers/quality/contract/report.ts';
import { FACTORS, type Factor, type Verdict, worst } from '../../layers/quality/contract/verdict.ts';

type Bars = ColumnReport['distribution']['bars'];

const normal = (x: number): number => Math.exp((-x * x) / 2);

const shares = (weights: number[], missing: number): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight / total) * (1 - missing));
};

/** Bins of a bell over `low` to `high`, the current one moved by `shift` of its widths; the outer bins are open. */
export function bell(
  low: number,
  high: number,
  shift: number,
  missing = { baseline: 0, current: 0 },
  count = 14,
): ColumnReport['distribution'] {
  const width = (high - low) / (count - 2);
  const at = (i: number): number => (i - (count - 1) / 2) / 3;
  const baseline = shares(
    Array.from({ length: count }, (_, i) => normal(at(i))),
    missing.baseline,
  );
  const current = shares(
    Array.from({ length: count }, (_, i) => normal(at(i) - shift)),
    missing.current,
  );
  const bars: Bars = baseline.map((share, i) => ({
    label: null,
    from: i === 0 ? null : low + (i - 1) * width,
    to: i === count - 1 ? null : low + i * width,
    baseline: share,
    current: current[i]!,
  }));
  return { kind: 'number', bars, missing };
}

/** Bins between the deciles of the baseline: equal shares, unequal widths. */
export function deciles(edges: number[], current: number[], missing = { baseline: 0, current: 0 }): ColumnReport['distribution'] {
  const now = shares(current, missing.current);
  const bars: Bars = now.map((share, i) => ({
    label: null,
    from: i === 0 ? null : edges[i - 1]!,
    to: i === now.length - 1 ? null : edges[i]!,
    baseline: (1 - missing.baseline) / now.length,
    current: share,
  }));
  return { kind: 'number', bars, missing };
}

export const categories = (rows: [string, number, number][], missing = { baseline: 0, current: 0 }): ColumnReport['distribution'] => ({
  kind: 'category',
  bars: rows.map(([label, baseline, current]) => ({ label, from: null, to: null, baseline, current })),
  missing,
});

export const column = (name: string, distribution: ColumnReport['distribution'], more: Partial<ColumnReport> = {}): ColumnReport => ({
  name,
  role: 'feature',
  type: distribution.kind === 'number' ? 'number' : 'category',
  inferred: false,
  distribution,
  ...more,
});

const metric = (
  name: string,
  factor: Factor,
  columnName: string | null,
  value: MetricRow['value'],
  more: Partial<MetricRow> = {},
): MetricRow => ({
  metric: name,
  factor,
  column: columnName,
  segment: null,
  facet: null,
  parameters: {},
  value,
  interval: null,
  rows: 48211,
  error: null,
  reason: null,
  ...more,
});

/** A report put together the way the judge does: metrics and checks by column, factors from the checks. */
export class ReportBuilder {
  readonly metrics: MetricRow[] = [];
  readonly checks: CheckResult[] = [];
  readonly findings: Finding[] = [];
  readonly columns: ColumnReport[] = [];

  metric(...parameters: Parameters<typeof metric>): this {
    this.metrics.push(metric(...parameters));
    return this;
  }

  check(id: string, of: MetricRow, verdict: Verdict, more: Partial<CheckResult>): this {
    this.metrics.push(of);
    this.checks.push({
      id,
      factor: of.factor,
      metric: this.metrics.length - 1,
      verdict,
      threshold: null,
      expected: null,
      effect: null,
      pValue: null,
      adjustedPValue: null,
      message: '',
      evidence: {},
      ...more,
    });
    return this;
  }

  drift(name: string, value: number, message = 'as in the baseline'): this {
    const effect = Math.sqrt(Math.max(0, value * value - 0.008 ** 2));
    const verdict = effect > 0.1 ? 'fail' : effect > 0.05 ? 'warn' : 'pass';
    return this.check(`drift/${name}`, metric('jensen_shannon_distance', 'stability', name, value), verdict, {
      threshold: { warn: 0.05, fail: 0.1, direction: 'above', source: 'default' },
      expected: 0.008,
      effect,
      pValue: verdict === 'pass' ? 0.31 : 1e-9,
      adjustedPValue: verdict === 'pass' ? 1 : 1e-7,
      message,
    });
  }

  missing(name: string, now: number, before: number, message = 'as in the baseline'): this {
    const verdict = now - before > 0.05 ? 'fail' : now - before > 0.02 ? 'warn' : 'pass';
    return this.check(`missing_rate/${name}`, metric('missing_rate', 'stability', name, now), verdict, {
      threshold: { warn: 0.02, fail: 0.05, direction: 'above', source: 'default' },
      expected: before,
      effect: now - before,
      pValue: verdict === 'pass' ? 0.6 : 1e-12,
      adjustedPValue: verdict === 'pass' ? 1 : 1e-10,
      message,
    }).check(`completeness/${name}`, metric('completeness', 'data_quality', name, 1 - now), verdict === 'pass' ? 'pass' : 'fail', {
      threshold: { warn: null, fail: Math.max(0, 0.99 - before), direction: 'below', source: 'suggested' },
      expected: 1 - before,
      effect: now - before,
      pValue: verdict === 'pass' ? 0.6 : 1e-12,
      adjustedPValue: verdict === 'pass' ? 1 : 1e-10,
      message: verdict === 'pass' ? 'as complete as the baseline' : 'less complete than the baseline allows',
    });
  }

  statistics(name: string, mean: number, deviation: number): this {
    this.metric('distinct_count', 'data_quality', name, 4182, { error: 12.4 });
    this.metric('minimum', 'data_quality', name, mean - 4 * deviation);
    this.metric('quantile', 'data_quality', name, mean, { parameters: { p: 0.5 } });
    this.metric('maximum', 'data_quality', name, mean + 4 * deviation);
    this.metric('mean', 'data_quality', name, mean, { interval: [mean - deviation / 100, mean + deviation / 100] });
    this.metric('standard_deviation', 'data_quality', name, deviation);
    this.metric('skewness', 'data_quality', name, 0.30000000000000004);
    return this;
  }

  column(of: ColumnReport): this {
    this.columns.push(of);
    return this;
  }

  finding(title: string, cause: Finding['cause'], severity: Verdict, columns: string[], checks: string[], share: number | null): this {
    this.findings.push({ id: `f${this.findings.length + 1}`, title, severity, columns, segments: [], since: null, share, cause, checks });
    return this;
  }

  build(more: Partial<Report> = {}): Report {
    const ofFactor = (factor: Factor): Verdict =>
      worst(this.checks.filter((check) => check.factor === factor).map(({ verdict }) => verdict));
    const factors = Object.fromEntries(FACTORS.map((factor) => [factor, ofFactor(factor)])) as Report['factors'];
    return {
      schema: 'assay.report/1',
      id: '7f3a9c0e5b1d42868a0e3c5f9b7d1246',
      kind: 'batch',
      monitor: 'credit-risk',
      verdict: worst(Object.values(factors)),
      subject: {
        objects: [{ uri: 'november.parquet', sha256: 'ab'.repeat(32), bytes: 2_481_332, rows: 48211, rejected: 3 }],
        from: '2026-11-01T00:00:00.000Z',
        to: '2026-11-23T00:00:00.000Z',
        rows: 48211,
        rejected: 3,
        columns: this.columns.length,
      },
      baseline: { id: 'c0ffee5b1d428612', rows: 61904, chunks: 30, from: '2026-10-01T00:00:00.000Z', to: '2026-10-31T00:00:00.000Z' },
      factors,
      summary: 'income lost a third of its values, debt_ratio changed its unit, and channel writes its main category differently.',
      columns: this.columns,
      metrics: this.metrics,
      checks: this.checks,
      findings: this.findings,
      falseAlarms: { nominal: 0.01, failed: 0, windows: 30, upper95: 0.095, per30Days: 2.85 },
      rejected: [
        { uri: 'november.parquet', line: 17, reason: '12 fields, expected 11 as in line 1' },
        { uri: 'november.parquet', line: 404, reason: '10 fields, expected 11 as in line 1' },
      ],
      notes: ['The baseline was cut into 30 days; windows of 22 days were judged against merged chunks.'],
      produced: { assay: '0.1.0', states: 1 },
      ...more,
    };
  }
}

export { metric };
