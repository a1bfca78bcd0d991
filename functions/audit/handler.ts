import { auditDue, auditOne } from '@assay/quality';
import { createNotifier } from '../shared/notifier.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './audit.ts';

const { logger, dependencies, environment } = createRuntime('audit');

/** Windows that ended are judged, on a schedule or when somebody asks. */
export const handler = createHandler({ auditOne, auditDue }, { ...dependencies, notifier: createNotifier(environment) }, logger);
