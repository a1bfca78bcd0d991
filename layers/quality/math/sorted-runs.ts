import { sortDoubles } from './sort-doubles.ts';

const RUN = 2 ** 17;

/** Doubles that are kept in order while they come: runs that fit the processor's cache are sorted, and runs of like length merged, so that little is left to do at the end. */
export class SortedRuns {
  private readonly runs: Float64Array[] = [];
  private open = new Float64Array(1024);
  private filled = 0;
  length = 0;

  push(value: number): void {
    if (this.filled === this.open.length) this.grow();
    this.open[this.filled++] = value;
    this.length++;
  }

  /** All of them, ascending. */
  get all(): Float64Array {
    if (this.filled > 0) this.close(this.open.slice(0, this.filled));
    this.filled = 0;
    while (this.runs.length > 1) this.mergeLast();
    return this.runs[0] ?? new Float64Array(0);
  }

  clear(): void {
    this.runs.length = 0;
    this.filled = this.length = 0;
  }

  private grow(): void {
    if (this.filled < RUN) {
      const larger = new Float64Array(2 * this.filled);
      larger.set(this.open);
      this.open = larger;
      return;
    }
    this.close(this.open);
    this.open = new Float64Array(RUN);
    this.filled = 0;
  }

  private close(values: Float64Array): void {
    this.runs.push(sortDoubles(values));
    while (this.runs.length > 1 && this.runs.at(-2)!.length <= this.runs.at(-1)!.length) this.mergeLast();
  }

  private mergeLast(): void {
    const last = this.runs.pop()!;
    this.runs.push(mergeRuns(this.runs.pop()!, last));
  }
}

/** Two ascending lists as one. */
export function mergeRuns(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const merged = new Float64Array(a.length + b.length);
  let [i, k, at] = [0, 0, 0];
  let [x, y] = [a[0]!, b[0]!];
  for (;;) {
    if (x <= y) {
      merged[at++] = x;
      if (++i === a.length) break;
      x = a[i]!;
    } else {
      merged[at++] = y;
      if (++k === b.length) break;
      y = b[k]!;
    }
  }
  merged.set(i < a.length ? a.subarray(i) : b.subarray(k), at);
  return merged;
}
