import type { CheckResult, Report } from '../../layers/quality/contract/report.ts';
import { importBaseline } from '../../layers/quality/model-monitor/index.ts';

/** As real files have it (sagemaker.md 2.2). */
export const CONFIG = {
  evaluate_constraints: 'Enabled',
  emit_metrics: 'Enabled',
  datatype_check_threshold: 1.0,
  domain_content_threshold: 1.0,
  distribution_constraints: { perform_comparison: 'Enabled', comparison_threshold: 0.1, comparison_method: 'Robust' },
};
export const FRACTIONAL = { name: '_c0', inferred_type: 'Fractional', completeness: 1.0, num_constraints: { is_non_negative: true } };
export const TEXT = { name: 'message', inferred_type: 'String', completeness: 1.0, string_constraints: { domains: ['a', 'b'] } };

export const constraints = (features: object[] = [FRACTIONAL, TEXT], config: object = CONFIG): string =>
  JSON.stringify({ version: 0.0, features, monitoring_config: config });

/** Files by name, imported as the monitor `m`. */
export const imported = (files: Record<string, string>) =>
  importBaseline(
    Object.entries(files).map(([uri, text]) => ({ uri, text })),
    'm',
  );
export const checksOf = (text: string): Record<string, unknown> => imported({ 'constraints.json': text }).monitor.checks ?? {};

export const check = (id: string, verdict: CheckResult['verdict'], of: Partial<CheckResult> = {}): CheckResult => ({
  ...{
    id,
    factor: 'data_quality',
    metric: null,
    verdict,
    threshold: null,
    expected: null,
    effect: null,
    pValue: null,
    adjustedPValue: null,
  },
  ...{ message: `${id} ${verdict}`, evidence: {} },
  ...of,
});

/** A report of nothing but checks. */
export const report = (checks: CheckResult[], of: Partial<Report> = {}): Report => ({
  ...{
    schema: 'assay.report/1',
    id: 'r',
    kind: 'batch',
    monitor: null,
    verdict: 'fail',
    baseline: null,
    summary: '',
    columns: [],
    metrics: [],
  },
  subject: { objects: [], from: null, to: null, rows: 100, rejected: 0, columns: 8 },
  ...{ factors: {} as Report['factors'], checks, findings: [], falseAlarms: null, rejected: [], notes: [] },
  ...{ produced: { assay: '0', states: 1 } },
  ...of,
});

export type Performance = NonNullable<Report['performance']>;
export type Row = Report['metrics'][number];

/** How a model did, of nothing but its confusion matrix. */
export const performance = (problem: Performance['problem'], cells: number[][] | null): Performance => ({
  ...{ problem, label: 'y', prediction: 'p', score: null, positive: ['1'], threshold: null },
  ...{ rows: { all: 4, labelled: 4, judged: 4 }, labels: null },
  confusion: cells && { classes: cells.map((_, k) => String(k)), cells, baseline: null },
  ...{ roc: null, precisionRecall: null, gains: null, reliability: null, sweep: null, estimates: [], worst: [] },
});
export const row = (metric: string, value: Row['value'], of: Partial<Row> = {}): Row => ({
  ...{ metric, factor: 'accuracy', column: null, segment: null, facet: null, parameters: {}, value },
  ...{ interval: null, rows: 4, error: null, reason: null, ...of },
});
