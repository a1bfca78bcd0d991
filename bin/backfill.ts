import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../layers/quality/contract/errors.ts';
import { keys } from '../layers/quality/contract/keys.ts';
import { reportSchema } from '../layers/quality/contract/report.ts';
import type { Executions } from '../layers/quality/executions/executions.ts';
import type { Audited } from '../layers/quality/usecases/audit-window.ts';
import type { BackfillState } from '../layers/quality/usecases/backfill.ts';
import type { ProcessDependencies } from '../layers/quality/usecases/dependencies.ts';

export interface BackfillFlags {
  monitor: string;
  prefix: string;
  /** ARN; that of the environment otherwise. */
  stateMachine?: string;
  window: { from: number; to: number };
  quiet?: boolean;
}

/** Between two looks at it. */
const PAUSE_MS = [200, 500, 1000, 2000, 5000];

/** Has the objects under a prefix processed and the window audited by the state machine, and waits for it. Failed objects are told; a failed backfill is an error. */
export async function backfill(deps: ProcessDependencies, flags: BackfillFlags): Promise<Audited> {
  const arn = flags.stateMachine ?? process.env.ASSAY_STATE_MACHINE;
  if (arn === undefined)
    throw new UsageError(
      "--backfill: needs --state-machine ARN or ASSAY_STATE_MACHINE, the stack's output BackfillMachine; assay local prints its own",
    );
  const [{ startBackfill, describeBackfill }, { createExecutions }, { readMonitor }] = await Promise.all([
    import('../layers/quality/usecases/backfill.ts'),
    import('../layers/quality/executions/step-functions.ts'),
    import('../layers/quality/usecases/monitors.ts'),
  ]);
  const monitor = await readMonitor(deps, flags.monitor);
  if (monitor === null)
    throw new UsageError(`audit: no monitor "${flags.monitor}": s3://${deps.dataBucket}/${keys.monitor(flags.monitor)} is not there`);
  const executions: Executions = createExecutions(arn);
  const id = randomBytes(8).toString('hex');
  const say = (line: string): void => void (flags.quiet || process.stderr.write(`assay: ${line}\n`));
  await startBackfill(deps, executions, monitor, { id, source: flags.prefix, windows: [flags.window] });
  say(`backfill ${flags.monitor}-${id} started`);
  const state = await ended(() => describeBackfill(deps, executions, flags.monitor, id));
  tell(state, say);
  if (state.status === 'failed') throw new UsageError(`backfill ${flags.monitor}-${id} failed: ${state.reason}`);
  const key = state.audits[0]!.report;
  const found = await deps.store.get(deps.dataBucket, key);
  if (found === null) throw new Error(`s3://${deps.dataBucket}/${key} is missing`);
  return { key, report: reportSchema.parse(JSON.parse(found.body.toString('utf8'))) };
}

async function ended(look: () => Promise<BackfillState | null>): Promise<BackfillState> {
  for (let looks = 0; ; looks++) {
    const state = await look();
    if (state !== null && state.status !== 'running') return state;
    await setTimeout(PAUSE_MS[Math.min(looks, PAUSE_MS.length - 1)]);
  }
}

function tell({ objects }: BackfillState, say: (line: string) => void): void {
  if (objects === null) return;
  const failed = objects.failed === null ? 'too many to count' : String(objects.failed);
  say(`backfill done, objects in batches that failed: ${failed}, ${objects.manifest}`);
  for (const reason of objects.reasons) say(`  ${reason}`);
}
