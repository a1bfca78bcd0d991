import type { Logger } from '@aws-lambda-powertools/logger';
import type { AuditQueue, AuditTask, DueTask } from '../../layers/quality/queue/audit-queue.ts';
import type { AuditOutcome, DueRequest } from '../../layers/quality/usecases/audit-due.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';

/** The use cases, as '@assay/quality' exports them. */
export interface Audits {
  auditOne(deps: ProcessDependencies, monitor: string, window: { from: number; to: number }): Promise<AuditOutcome>;
  auditDue(deps: ProcessDependencies, request: DueRequest): Promise<AuditOutcome[]>;
  handOutAudits(deps: ProcessDependencies, queue: AuditQueue, asked: DueTask): Promise<AuditTask[]>;
}

/** What the function is made of, once. */
export interface AuditContext {
  audits: Audits;
  dependencies: ProcessDependencies;
  queue: AuditQueue;
  logger: Logger;
}

/** Who asked for a quiet window hears of it, and nobody else. */
export function toldOf({ quiet }: { quiet?: boolean | undefined }, dependencies: ProcessDependencies): ProcessDependencies {
  const { notifier: _, ...untold } = dependencies;
  return quiet ? untold : dependencies;
}
