import { auditDue, auditOne } from '@assay/quality';
import { lazyMetricSink } from '../shared/metrics.ts';
import { createNotifier } from '../shared/notifier.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './audit.ts';

const { logger, dependencies, environment } = createRuntime('audit');

/** Windows that ended are judged, on a schedule or when somebody asks. */
const metrics = lazyMetricSink();

export const handler = createHandler({ auditOne, auditDue }, { ...dependencies, notifier: createNotifier(environment), metrics }, logger);
