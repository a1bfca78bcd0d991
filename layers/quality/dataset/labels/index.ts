export type { LabelFacts } from './facts.ts';
export { type JoinedLabels, joinLabels, type LabelOptions } from './join-labels.ts';
export { isRequestKey } from './record-keys.ts';
