/** Doubles of the first part, and of each further one. */
const FIRST = 1024;
const PART = 2 ** 17;

/**
 * A list of doubles that grows by parts: nothing is copied, and no more room taken than is used. In shared memory, which is not counted as the heap's: else
 * every few megabytes of it have the garbage collector mark everything.
 */
export class Doubles {
  private full: Float64Array[] = [];
  private last: Float64Array = new Float64Array(FIRST);
  private used = 0;

  get length(): number {
    return this.full.reduce((sum, part) => sum + part.length, this.used);
  }

  push(value: number): void {
    if (this.used === this.last.length) {
      this.full.push(this.last);
      this.last = new Float64Array(new SharedArrayBuffer(8 * PART));
      this.used = 0;
    }
    this.last[this.used++] = value;
  }

  /** In the order they came in. */
  get parts(): Float64Array[] {
    return [...this.full, this.last.subarray(0, this.used)];
  }

  /** All in one array. */
  get all(): Float64Array {
    if (this.full.length === 0) return this.last.subarray(0, this.used);
    const all = new Float64Array(this.length);
    this.copyTo(all, 0);
    return all;
  }

  copyTo(target: Float64Array, at: number): void {
    let place = at;
    for (const part of this.parts) {
      target.set(part, place);
      place += part.length;
    }
  }

  clear(): void {
    [this.full, this.last, this.used] = [[], new Float64Array(FIRST), 0];
  }
}
