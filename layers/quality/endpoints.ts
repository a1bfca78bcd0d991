/** What functions need to follow SageMaker endpoints: by itself, as nothing else is to load SageMaker's client. */
export { type ControlPlane, createControlPlane } from './sagemaker/index.ts';
export { type Followed, followEndpoints } from './usecases/follow-endpoint.ts';
