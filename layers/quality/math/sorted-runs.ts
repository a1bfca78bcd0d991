import { sortDoubles } from './sort-doubles.ts';

const RUN = 2 ** 17;

/** Doubles that are kept in order while they come: runs that fit the processor's cache are sorted, and runs of like length merged, so that little is left to do at the end. */
export class SortedRuns {
  private readonly runs: Float64Array[] = [];
  /** What merged runs lay in, by length, to be filled again: else the garbage collector runs for every few of them. */
  private readonly free = new Map<number, Float64Array[]>();
  private open: Float64Array = new Float64Array(1024);
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
    this.free.clear();
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
    this.open = this.room(RUN);
    this.filled = 0;
  }

  private close(values: Float64Array): void {
    this.runs.push(sortDoubles(values));
    while (this.runs.length > 1 && this.runs.at(-2)!.length <= this.runs.at(-1)!.length) this.mergeLast();
  }

  private mergeLast(): void {
    const [before, last] = this.runs.splice(-2) as [Float64Array, Float64Array];
    this.runs.push(mergeRuns(before, last, this.room(before.length + last.length)));
    for (const run of [before, last]) {
      const same = this.free.get(run.length);
      if (same === undefined) this.free.set(run.length, [run]);
      else same.push(run);
    }
  }

  private room(length: number): Float64Array {
    return this.free.get(length)?.pop() ?? new Float64Array(length);
  }
}

/** Two ascending lists as one, in the room given. */
export function mergeRuns(a: Float64Array, b: Float64Array, merged: Float64Array = new Float64Array(a.length + b.length)): Float64Array {
  if (a.length === 0 || b.length === 0) {
    merged.set(a.length === 0 ? b : a);
    return merged;
  }
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
