import type { PerformanceSection } from '../contract/outcome-report.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';
import { CANNOT_SEE, type PerformanceEstimate } from '../metrics/estimates/index.ts';
import type { EstimatedSegment } from './estimated-segment.ts';
import { ESTIMATED, type Estimates, realisedOf } from './make-estimates.ts';
import type { OutcomeSide } from './outcome-side.ts';
import { betterOf, WEIGHTED } from './weigh-estimates.ts';

export const estimateOf = ({ byMetric, weighted }: Estimates, id: string): ReturnType<typeof betterOf> => betterOf(byMetric, weighted, id);

type Named = Pick<MetricRow, 'rows'> & Partial<MetricRow>;

const row = (metric: string, value: number | null, of: Named): MetricRow => ({
  ...{ metric, factor: 'accuracy', column: null, segment: null, facet: null, parameters: {} },
  ...{ value: value === null ? null : toJsonNumber(value), interval: null, error: null, reason: null },
  ...of,
});

const estimateRow = (id: string, { value, confidence, reason }: PerformanceEstimate, of: Named): MetricRow =>
  row(`estimated_${id}`, value, {
    ...{ interval: confidence === null ? null : [toJsonNumber(confidence.lower), toJsonNumber(confidence.upper)], reason: reason ?? null },
    ...of,
  });

/** What an estimate was off by, where both are known. */
const errorRows = (id: string, value: number | null = null, realised: number | null = null, of: Named): MetricRow[] =>
  value === null || realised === null ? [] : [row(`estimated_${id}_error`, value - realised, of)];

export function estimateRows(estimates: Estimates, now: OutcomeSide): MetricRow[] {
  const { rows, byMetric, weighted, labelled, unlabelled } = estimates;
  const estimate = (id: string, of: PerformanceEstimate, parameters: MetricRow['parameters'] = {}): MetricRow =>
    estimateRow(id, of, { rows, parameters });
  const errors = (id: string, of: PerformanceEstimate | undefined, parameters: MetricRow['parameters'] = {}): MetricRow[] =>
    labelled === null ? [] : errorRows(id, of?.value, labelled.truth[id]?.value, { rows: labelled.rows, parameters });
  return ESTIMATED[now.plan.problem].flatMap((id) => [
    estimate(id, byMetric[id]!),
    ...(weighted === null ? [] : [estimate(id, weighted.byMetric[id]!, WEIGHTED)]),
    ...errors(id, labelled?.byMetric[id]),
    // Of all rows, where few have a label, it is no estimate of those.
    ...(unlabelled ? [] : errors(id, weighted?.byMetric[id], WEIGHTED)),
  ]);
}

/** The estimates of each segment, and where labels are known how far they were off. */
export const segmentRows = (segments: readonly EstimatedSegment[]): MetricRow[] =>
  segments.flatMap(({ name, rows, byMetric, truth }) =>
    Object.entries(byMetric).flatMap(([id, estimate]) => {
      const of = { rows, segment: name };
      return [estimateRow(id, estimate, of), ...errorRows(id, estimate.value, truth?.[id]?.value, of)];
    }),
  );

/** What the baseline had: as its labels showed it, or as it is estimated where these do not speak of all its rows. */
const thenOf = ({ unlabelled, own }: Estimates, before: OutcomeSide, id: string): number | null =>
  unlabelled && own !== null ? (own.byMetric[id]?.value ?? null) : realisedOf(before, id);

export const estimateTable = (estimates: Estimates, now: OutcomeSide, before: OutcomeSide | null): PerformanceSection['estimates'] =>
  ESTIMATED[now.plan.problem].map((id) => {
    const { value, confidence, reason } = estimateOf(estimates, id);
    return {
      metric: id,
      estimate: finite(value),
      low: finite(confidence?.lower),
      high: finite(confidence?.upper),
      // Of the same rows, or not beside it.
      realised: estimates.unlabelled ? null : finite(estimates.labelled?.truth[id]?.value),
      baseline: before === null ? null : finite(thenOf(estimates, before, id)),
      reason: reason ?? null,
    };
  });

/** What is too large for a number is not shown as one. */
const finite = (value: number | null | undefined): number | null => (value != null && Number.isFinite(value) ? value : null);

export function estimateNotes(estimates: Estimates): string[] {
  const { unlabelled, weighted, own, byMetric } = estimates;
  if (!unlabelled) return [];
  const made = Object.keys(byMetric).map((id) => estimateOf(estimates, id));
  if (made.every(({ value }) => value === null)) return [`Nothing is estimated before labels come: ${made[0]!.reason}.`];
  const moved = own === null ? 'The inputs have shifted' : "The inputs are not those of the baseline's rows with a label and a score";
  const shift =
    weighted === null
      ? []
      : weighted.reason === null
        ? [`${moved}: estimates are calibrated on the baseline's rows weighted to them (worth ${Math.round(weighted.effectiveRows)} rows).`]
        : [
            `${own === null ? `${moved} further than the baseline's rows can be weighted to` : `${moved}, nor can these be weighted to them`} (${weighted.reason}): estimates are calibrated on the baseline as it was.`,
          ];
  return [CANNOT_SEE, ...shift];
}
