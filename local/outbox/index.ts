export { Outbox } from './outbox.ts';
export { type OutboxServer, startOutbox } from './server.ts';
