/**
 * Where an increasing function reaches `goal` between `low` and `high`: bisection until no double lies between, so that only the function's
 * own error remains. Some 60 to 120 calls; the end nearest where the goal is outside.
 */
export function bisect(increasing: (x: number) => number, goal: number, low: number, high: number): number {
  let from = low;
  let to = high;
  for (;;) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) return middle;
    if (increasing(middle) < goal) from = middle;
    else to = middle;
  }
}
