export { type Container, ContainerError, type Payload } from './container.ts';
export { SageMakerError } from './errors.ts';
export { type RuntimeOptions, type SageMakerRuntime, startSageMakerRuntime } from './runtime.ts';
export { type SageMakerOptions, type SageMakerServer, startSageMaker } from './server.ts';
export { watchEndpoints } from './watch.ts';
