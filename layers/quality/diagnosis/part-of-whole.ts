import type { Judged } from '../checks/verdict.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import type { ColumnCase } from './evidence.ts';

/** Standard errors by which the segment that chance lets fall furthest lies beyond all rows: of a hundred metrics and segments, rarely more. */
const BY_CHANCE = 4;

/**
 * Whether what failed in a segment is no more than what failed over all rows, or in a segment it lies within: each of its failing checks has its like there, and
 * lies beyond it by less than chance would have it. The segment's standard error is its effect over the z of its p-value.
 */
export function isPartOfWhole({ checks }: ColumnCase, cases: ColumnCase[]): boolean {
  const others = cases.flatMap((of) => of.checks).filter(({ factor }) => factor === 'accuracy');
  return checks.every(({ segment, ...check }) => {
    if (segment == null) return false;
    const wholes = others.filter(({ segment: whole }) => whole === null || (whole !== undefined && liesWithin(segment, whole)));
    return wholes.some((like) => isLike(check, like) && beyond(check, like) < BY_CHANCE);
  });
}

/** `region=N, product=loan` lies within `region=N`, and within `product=loan`. */
const liesWithin = (segment: string, whole: string): boolean => segment.startsWith(`${whole}, `) || segment.endsWith(`, ${whole}`);

const isLike = (a: Judged, b: Judged): boolean => a.metric === b.metric && JSON.stringify(a.parameters) === JSON.stringify(b.parameters);

function beyond({ measurement: segment }: Judged, { measurement: whole }: Judged): number {
  if (segment === null || whole === null || segment.pValue === null) return Number.POSITIVE_INFINITY;
  return -normalQuantile(segment.pValue) * (1 - whole.effect / segment.effect);
}
