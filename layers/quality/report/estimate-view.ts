import type { PerformanceSection } from '../contract/outcome-report.ts';
import { metricLabel } from './words.ts';

type Estimate = PerformanceSection['estimates'][number];

/** An estimate by the name of the metric it is of, beside what the baseline had. */
export type EstimateView = Estimate & { name: string };

/** Of several classes all but accuracy are macro averages; what the baseline's counts do not tell, its own values do. */
export const viewEstimates = ({ problem, estimates, baseline = [] }: PerformanceSection): EstimateView[] =>
  estimates.map((each) => {
    const average = problem === 'multiclass' && each.metric !== 'accuracy' ? 'macro' : undefined;
    const then = baseline.find(({ metric, parameters }) => metric === each.metric && parameters.average === average && isWhole(parameters));
    return {
      ...each,
      name: metricLabel(each.metric) + (average === undefined ? '' : ` (${average} average)`),
      baseline: each.baseline ?? then?.value ?? null,
    };
  });

const isWhole = ({ class: one, predictor }: Record<string, unknown>): boolean => one === undefined && predictor === undefined;
