export { SageMakerError } from './errors.ts';
export { type SageMakerOptions, type SageMakerServer, startSageMaker } from './server.ts';
