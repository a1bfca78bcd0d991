/**
 * Where an increasing function reaches `goal` between `low` and `high`: by inverse quadratic interpolation where the last three points allow it, else by
 * halving, until the ends are neighbouring doubles or next to it, so that only the function's own error remains. Some 10 calls of a smooth function; the end
 * nearest where the goal is outside. The function is not asked for the ends, where it may have no value or reach the goal once more. Chandrupatla (1997),
 * doi:10.1016/S0965-9978(96)00051-8.
 */
export function bracketedRoot(increasing: (x: number) => number, goal: number, low: number, high: number): number {
  let here: Point = { x: low, off: Number.NEGATIVE_INFINITY };
  let there: Point = { x: high, off: Number.POSITIVE_INFINITY };
  let step = 0.5;
  for (;;) {
    const x = here.x + step * (there.x - here.x);
    if (x === here.x || x === there.x) return x;
    const found = { x, off: increasing(x) - goal };
    const sameSide = found.off < 0 === here.x < there.x;
    const previous = sameSide ? here : there;
    if (!sameSide) there = here;
    here = found;
    const best = Math.abs(here.off) < Math.abs(there.off) ? here : there;
    const least = (Number.EPSILON * Math.abs(best.x)) / Math.abs(there.x - here.x);
    if (best.off === 0 || least >= 0.5) return best.x;
    step = Math.min(1 - least, Math.max(least, interpolated(here, there, previous)));
  }
}

/** A place, and how far from the goal the function is there. */
interface Point {
  x: number;
  off: number;
}

/** The part of the way from a to b where the inverse parabola through three points has the goal; half where it may not be used. */
function interpolated(a: Point, b: Point, c: Point): number {
  const place = (a.x - b.x) / (c.x - b.x);
  const height = (a.off - b.off) / (c.off - b.off);
  if (!(height * height < place && (1 - height) ** 2 < 1 - place)) return 0.5;
  const fromB = (a.off / (b.off - a.off)) * (c.off / (b.off - c.off));
  return fromB + ((c.x - a.x) / (b.x - a.x)) * (a.off / (c.off - a.off)) * (b.off / (c.off - b.off));
}
