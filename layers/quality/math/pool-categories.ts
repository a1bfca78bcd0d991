/** Steps of a weight that are told apart, a doubling. */
const STEPS = 4;
const rounded = (weight: number): number => 2 ** (Math.round(STEPS * Math.log2(weight)) / STEPS);

/** A number that goes with an index in no order: the last steps of Murmur's hash. */
function scattered(index: number): number {
  let mixed = Math.imul(index ^ (index >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Groups of category indexes whose weights each reach `least`: categories that reach it stay alone, the others are joined in order of
 * falling weight, and what is left over at the end joins the last group. Fewer than two groups if they cannot be made.
 * Weights that depend on both sides' sum alone leave the comparison of the sides unbiased, where one side is not known beforehand: of quantiles' bins all of one
 * side are alike, and the sum tells of the other. So weights are taken to a fifth, and like ones are in no order, neither by index nor by count.
 */
export function poolCategories(weights: ArrayLike<number>, least: number): number[][] {
  const order = Array.from(weights, (weight, index) => ({ weight: weight > 0 ? rounded(weight) : 0, index })).filter(
    ({ weight }) => weight > 0,
  );
  order.sort((a, b) => b.weight - a.weight || scattered(a.index) - scattered(b.index));
  const groups: number[][] = [];
  let open: number[] = [];
  let sum = 0;
  for (const { weight, index } of order) {
    open.push(index);
    sum += weight;
    if (sum < least) continue;
    groups.push(open);
    open = [];
    sum = 0;
  }
  if (open.length > 0) {
    const last = groups.at(-1);
    if (last === undefined) groups.push(open);
    else last.push(...open);
  }
  return groups;
}
