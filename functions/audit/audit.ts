import { mkdir, rm } from 'node:fs/promises';
import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { AuditOutcome, DueRequest } from '../../layers/quality/usecases/audit-due.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { parseEvent } from './event.ts';

/** The use cases, as '@assay/quality' exports them. */
export interface Audits {
  auditOne(deps: ProcessDependencies, monitor: string, window: { from: number; to: number }): Promise<AuditOutcome>;
  auditDue(deps: ProcessDependencies, request: DueRequest): Promise<AuditOutcome[]>;
}

/** The Lambda handler: one window, or what is due. Auditing a window again is harmless, so that a failed invocation may be repeated as it is. */
export const createHandler = ({ auditOne, auditDue }: Audits, dependencies: ProcessDependencies, logger: Logger) =>
  middy<unknown, { audited: AuditOutcome[] }>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (input) => {
      try {
        const event = parseEvent(input);
        const { scratch } = dependencies.resources;
        await rm(scratch, { recursive: true, force: true });
        await mkdir(scratch, { recursive: true });
        const { notifier: _, ...untold } = dependencies;
        const audited =
          'from' in event
            ? [await auditOne(event.quiet ? untold : dependencies, event.monitor, event)]
            : await auditDue(dependencies, event);
        for (const outcome of audited) logger.info('window audited', { outcome });
        return { audited };
      } catch (error) {
        logger.error('audit failed', { input, error: error as Error });
        throw error;
      }
    });
