/** A non-decreasing step-free curve: linear between knots, flat outside them. */
export interface Isotonic {
  /** Distinct x, ascending, and the fitted value at each. */
  x: Float64Array;
  fitted: Float64Array;
  /** The points that define the curve: without those inside flat runs. */
  knots: { x: number[]; y: number[] };
}

/**
 * Weighted least squares under "never decreasing in x", by pooling adjacent violators; equal x are averaged first. x must be finite; points
 * without weight are left out; no points give no knots. Deterministic whatever the order of points up to rounding. Ayer et al. (1955);
 * the same as scikit-learn's IsotonicRegression(out_of_bounds="clip").
 */
export function isotonicRegression(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): Isotonic {
  const order = Array.from({ length: x.length }, (_, i) => i).filter((i) => (weights?.[i] ?? 1) > 0);
  order.sort((a, b) => x[a]! - x[b]!);
  const distinct: number[] = [];
  const points: Block[] = [];
  for (const i of order) {
    const weight = weights?.[i] ?? 1;
    if (distinct.length === 0 || distinct.at(-1) !== x[i]!) {
      distinct.push(x[i]!);
      points.push({ sum: 0, weight: 0, points: 1 });
    }
    points.at(-1)!.sum += weight * y[i]!;
    points.at(-1)!.weight += weight;
  }
  const fitted = Float64Array.from(
    poolViolators(points).flatMap((block) => new Array<number>(block.points).fill(block.sum / block.weight)),
  );
  const kept = distinct.flatMap((_, i) =>
    i === 0 || i === distinct.length - 1 || fitted[i] !== fitted[i - 1] || fitted[i] !== fitted[i + 1] ? i : [],
  );
  return {
    x: Float64Array.from(distinct),
    fitted,
    knots: { x: kept.map((i) => distinct[i]!), y: kept.map((i) => fitted[i]!) },
  };
}

interface Block {
  sum: number;
  weight: number;
  points: number;
}

function poolViolators(points: Block[]): Block[] {
  const blocks: Block[] = [];
  for (const point of points) {
    const block = { ...point };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      block.sum += last.sum;
      block.weight += last.weight;
      block.points += last.points;
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
}

/** The curve of some knots at x: linear between them, the end values outside; NaN without knots. */
export function isotonicAt({ x, y }: Isotonic['knots'], at: number): number {
  if (x.length === 0) return Number.NaN;
  let above = 0;
  while (above < x.length && x[above]! < at) above++;
  if (above === 0) return y[0]!;
  if (above === x.length) return y[above - 1]!;
  const share = (at - x[above - 1]!) / (x[above]! - x[above - 1]!);
  return y[above - 1]! + share * (y[above]! - y[above - 1]!);
}
