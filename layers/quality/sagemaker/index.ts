/** What SageMaker knows of an endpoint, as a monitor. The only room that talks to its control plane. */
export { type ControlPlane, createControlPlane } from './control-plane.ts';
export { type DiscoverRequest, type Discovery, discover } from './discover.ts';
export { monitorName, parseEndpoint } from './names.ts';
export { type Refreshed, refreshMonitor } from './refresh.ts';
export { RefusalError } from './refusal.ts';
