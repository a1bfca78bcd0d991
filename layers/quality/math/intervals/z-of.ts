import { normalQuantile } from '../normal-quantile.ts';

/** z of a two-sided interval: the (1 + confidence)/2 quantile of the standard normal law, 1.959963984540054 for 95 %. */
export const zOf = (confidence: number): number => normalQuantile(0.5 + confidence / 2);
