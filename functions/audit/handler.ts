import { auditDue, auditOne, createAuditQueue, handOutAudits } from '@assay/quality';
import { layerFile } from '../shared/layer-file.ts';
import { lazyMetricSink } from '../shared/metrics.ts';
import { createNotifier } from '../shared/notifier.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './audit.ts';

const { logger, dependencies, environment } = createRuntime('audit');
const foldWorkerFile = environment.workers > 1 ? layerFile('fold-worker.cjs') : undefined;

/** Windows that ended are judged, on a schedule or when somebody asks. */
export const handler = createHandler({
  audits: { auditOne, auditDue, handOutAudits },
  dependencies: { ...dependencies, foldWorkerFile, notifier: createNotifier(environment), metrics: lazyMetricSink() },
  queue: createAuditQueue(environment.auditQueue),
  logger,
});
