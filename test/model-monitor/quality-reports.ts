import type { CheckResult, Report } from '../../layers/quality/contract/report.ts';
import { check, type Performance, performance, type Row, report, row } from './fixtures.ts';

/** A check of a metric against its baseline's value. */
export const held = (metric: string, verdict: CheckResult['verdict'], expected: number, fail: number | null = 0.05): CheckResult =>
  check(`performance/${metric}`, verdict, {
    ...{ factor: 'accuracy', expected, threshold: { warn: 0.02, fail, direction: 'below', source: 'default' } },
  });
/** A report of how a model did. */
export const reportOf = (of: Partial<Performance>, checks: CheckResult[] = [], metrics: Row[] = [], judged = 4): Report =>
  report(checks, {
    performance: { ...performance('binary', null), rows: { all: judged, labelled: judged, judged }, ...of },
    metrics,
  });

/** The run of AWS's notebook (vectors D2) beside a baseline of our own. */
const counts = [
  [434, 65],
  [1167, 151],
];
export const notebook = (): Report =>
  reportOf(
    { confusion: { classes: ['good', 'bad'], cells: counts, baseline: null } },
    [held('recall', 'fail', 0.6), held('accuracy', 'pass', 0.3), held('specificity', 'fail', 0.95), held('roc_auc', 'fail', 0.95)],
    [
      row('roc_auc', 0.515363047795135, { interval: [0.49, 0.54] }),
      row('recall', 151 / 1318, { interval: [0.0984, 0.1329] }),
      row('specificity', 434 / 499),
    ],
    1817,
  );
