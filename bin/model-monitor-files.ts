import { UsageError } from '../layers/quality/contract/errors.ts';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
import { modelMonitorFiles } from '../layers/quality/model-monitor/index.ts';
import type { Baseline } from '../layers/quality/profile/baseline.ts';
import { showsValues } from '../layers/quality/usecases/assemble-report.ts';
import type { CheckedBatch } from '../layers/quality/usecases/check-batch.ts';
import { sidesOf } from '../layers/quality/usecases/judge-profiles.ts';

/** `--model-monitor` writes files, about data and what they were held against. */
export function requireModelMonitor(flags: { modelMonitor?: boolean; out?: string; baseline?: string[] }): void {
  if (flags.modelMonitor && flags.out === undefined) throw new UsageError('--model-monitor: needs --out, where the files are written');
  if (flags.modelMonitor && flags.baseline === undefined)
    throw new UsageError('--model-monitor: needs --baseline, which the constraints are of');
}

/** The files of Model Monitor for a batch that was checked. */
export function modelMonitorOutput(
  { report, profile, columns }: Pick<CheckedBatch, 'report' | 'profile' | 'columns'>,
  baseline: Baseline,
  checks: NonNullable<Monitor['checks']>,
): Record<string, string> {
  const sides = sidesOf({ columns, cuts: baseline.cuts, profile, baseline });
  return modelMonitorFiles({ columns: sides.map((of) => ({ ...of, showValues: showsValues(of) })), checks, report });
}
