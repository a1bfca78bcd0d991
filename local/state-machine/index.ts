export { UnknownStateError } from './check-definition.ts';
export { type Execution, Executions } from './executions.ts';
export { type StatesServer, startStates } from './server.ts';
export type { ListedObject, World } from './world.ts';
