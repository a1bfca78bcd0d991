import { decideAlerts, type Evidence, type JudgedReport } from '../../layers/quality/alerts/decide.ts';
import type { Alert, Told } from '../../layers/quality/contract/alerts.ts';
import type { CheckResult, Finding, Report } from '../../layers/quality/contract/report.ts';
import { FACTORS, type Verdict } from '../../layers/quality/contract/verdict.ts';

export const HOUR = 3_600_000;
export const START = Date.UTC(2026, 6, 1);
export const hour = (h: number): string => new Date(START + h * HOUR).toISOString();

const check = (id: string, verdict: Verdict): CheckResult => ({
  ...{ id, factor: 'stability', metric: null, verdict, threshold: null, expected: null, effect: null, pValue: null },
  ...{ adjustedPValue: null, message: `${id} is ${verdict}`, evidence: {} },
});

const finding = (column: string, severity: Verdict, checks: string[]): Finding => ({
  ...{ id: `shift/${column}`, title: `${column} drifted`, severity, columns: [column], segments: [], since: null },
  ...{ share: null, cause: 'shift', checks },
});

/** A report on one window or object by what becomes of the drift of each column; without rows nothing is said of any. */
export function reportOf(h: number, verdicts: Record<string, Verdict>, more: Partial<Report> = {}): Report {
  const columns = Object.entries(verdicts);
  const failed = columns.filter(([, verdict]) => ['warn', 'fail', 'error'].includes(verdict));
  return {
    ...{ schema: 'assay.report/1', id: h.toString(16).padStart(16, '0'), kind: 'window', monitor: 'm' },
    verdict: columns.some(([, verdict]) => verdict === 'fail') ? 'fail' : 'pass',
    subject: { objects: [], from: hour(h), to: hour(h + 1), rows: columns.length === 0 ? 0 : 100, rejected: 0, columns: columns.length },
    ...{
      baseline: null,
      factors: Object.fromEntries(FACTORS.map((name) => [name, 'pass'])) as Report['factors'],
      summary: `${failed.length} of ${columns.length} checks failed.`,
    },
    ...{ columns: [], metrics: [], checks: columns.map(([name, verdict]) => check(`drift/${name}`, verdict)) },
    findings: failed.map(([name, verdict]) => finding(name, verdict, [`drift/${name}`])),
    ...{ falseAlarms: null, rejected: [], notes: [], produced: { assay: 'test', states: 1 } },
    ...more,
  };
}

export interface Step {
  at: number;
  report: JudgedReport;
  preceding?: JudgedReport[];
}

/** People who are told of one report after another; every alert with the hour it was about. */
export function listener(options: Partial<Pick<Evidence, 'confirm' | 'mutedUntil' | 'newest'>> = {}) {
  let told: Record<string, Told> = {};
  const heard: [hour: number, kind: Alert['kind'], title: string][] = [];
  const tell = (h: number, report: JudgedReport, preceding: JudgedReport[] = []): void => {
    const decided = decideAlerts({
      ...{ report, at: START + h * HOUR, preceding, told, confirm: [1, 1], mutedUntil: new Map(), newest: true },
      ...options,
    });
    told = decided.told;
    for (const { kind, title } of decided.alerts) heard.push([h, kind, title]);
  };
  return { tell, heard, told: () => told };
}
