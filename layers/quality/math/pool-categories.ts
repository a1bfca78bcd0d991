/**
 * Groups of category indexes whose weights each reach `least`: categories that reach it stay alone, the others are joined in order of
 * falling weight (ties by index), and what is left over at the end joins the last group. Fewer than two groups if they cannot be made.
 * Weights that depend on both sides' sum alone leave the comparison of the sides unbiased.
 */
export function poolCategories(weights: ArrayLike<number>, least: number): number[][] {
  const order = Array.from(weights, (weight, index) => ({ weight, index })).filter(({ weight }) => weight > 0);
  order.sort((a, b) => b.weight - a.weight || a.index - b.index);
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
