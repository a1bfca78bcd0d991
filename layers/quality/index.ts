/** The quality layer as functions see it. */

export type { Notifier, ReportMeasures } from './alerts/notifier.ts';
export { type ApiRequest, type ApiResponse, answerRequest } from './api/index.ts';
export * from './contract/index.ts';
export type { Resources } from './engine/resources.ts';
export { createExecutions } from './executions/step-functions.ts';
export { createAwsNotifier } from './notify/aws-notifier.ts';
export type { AuditQueue, AuditTask } from './queue/audit-queue.ts';
export { createAuditQueue } from './queue/sqs.ts';
export type { ReportLock } from './store/report-lock.ts';
export { createS3Store } from './store/s3.ts';
export { ConflictError, type ObjectRef, type Store, SupersededError } from './store/store.ts';
export { type AuditOutcome, auditDue, auditOne, type DueRequest } from './usecases/audit-due.ts';
export type { ProcessDependencies, ProcessOutcome } from './usecases/dependencies.ts';
export { handOutAudits } from './usecases/hand-out-audits.ts';
export { type ArrivedObject, processObject } from './usecases/process-object.ts';
