export { type S3Server, startS3 } from './server.ts';
export type { CreatedListener, ObjectCreated } from './storage.ts';
