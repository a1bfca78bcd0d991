import type { Judged } from '../checks/verdict.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import type { ColumnCase } from './evidence.ts';

/** Standard errors by which the segment that chance lets fall furthest lies beyond all rows: of a hundred metrics and segments, rarely more. */
const BY_CHANCE = 4;

/**
 * Whether what failed in a segment is no more than what failed over all rows: each of its failing checks has its like over all rows, and lies beyond it by
 * less than chance would have it. The segment's standard error is its effect over the z of its p-value.
 */
export function isPartOfWhole({ checks }: ColumnCase, cases: ColumnCase[]): boolean {
  const whole = cases.flatMap((of) => of.checks).filter(({ segment, factor }) => segment === null && factor === 'accuracy');
  return checks.every((check) => {
    if (check.segment == null) return false;
    const like = whole.find(
      ({ metric, parameters }) => metric === check.metric && JSON.stringify(parameters) === JSON.stringify(check.parameters),
    );
    return like !== undefined && beyond(check, like) < BY_CHANCE;
  });
}

function beyond({ measurement: segment }: Judged, { measurement: whole }: Judged): number {
  if (segment === null || whole === null || segment.pValue === null) return Number.POSITIVE_INFINITY;
  return -normalQuantile(segment.pValue) * (1 - whole.effect / segment.effect);
}
