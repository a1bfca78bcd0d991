import { auditDue, auditOne } from '@assay/quality';
import { lazyMetricSink } from '../shared/metrics.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './audit.ts';

const { logger, dependencies } = createRuntime('audit');

/** Windows that ended are judged, on a schedule or when somebody asks. */
export const handler = createHandler({ auditOne, auditDue }, { ...dependencies, metrics: lazyMetricSink() }, logger);
