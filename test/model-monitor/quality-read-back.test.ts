import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { compareRun, modelQualityFiles, readRun } from '../../layers/quality/model-monitor/index.ts';
import { imported, performance } from './fixtures.ts';
import { held, notebook, reportOf } from './quality-reports.ts';

describe('what is written of model quality is read back', () => {
  const read = (of: Report): Record<string, string> => modelQualityFiles(of)!;

  it('as the checks it was held to, where the statistics are the baseline’s', () => {
    const baseline = [[95, 5], [40, 60]]; // biome-ignore format: a matrix
    const checks = [held('recall', 'pass', 0.6, 0.07), held('specificity', 'pass', 0.95, 0.01), held('accuracy', 'pass', 0.775)];
    const files = read(reportOf({ ...performance('binary', baseline), rows: { all: 200, labelled: 200, judged: 200 } }, checks));
    expect(imported(files).monitor).toMatchObject({
      problem: 'binary',
      checks: {
        'performance/recall': { warn: null, fail: 0.07 },
        'performance/specificity': { warn: null, fail: 0.01 },
        'performance/accuracy': { warn: null, fail: 0.05 },
      },
    });
  });

  it('as the same bound of the metric, where they are a window’s; what is worse than its bound is said', () => {
    const { monitor, notes } = imported(read(notebook()));
    const loss = (metric: string): number => (monitor.checks![`performance/${metric}`] as { fail: number }).fail;
    expect(585 / 1817 - loss('accuracy')).toBeCloseTo(0.25, 12);
    expect(loss('roc_auc')).toBe(0);
    expect(notes).toContainEqual(expect.stringMatching(/auc LessThanThreshold 0.89\d+: stricter than the baseline's own 0.515/));
  });

  it('as a run that found what the report did, and the same numbers', () => {
    const of = notebook();
    const run = (files: Record<string, string>) =>
      readRun(
        Object.entries(files).map(([uri, text]) => ({ uri, text })),
        'run',
      );
    const compared = compareRun({ ...run(read(of)), report: of });
    expect(compared).toMatchObject({ run: { violations: 6, rows: 1817 }, onlyModelMonitor: [], onlyAssay: [], numbers: [] });
    const changed = { ...read(of), 'statistics.json': read(of)['statistics.json']!.replace('0.515363047795135', '0.9') };
    expect(compareRun({ ...run(changed), report: of }).numbers).toEqual([
      { feature: 'auc', number: 'value', modelMonitor: 0.9, assay: 0.515363047795135 },
    ]);
  });
});
