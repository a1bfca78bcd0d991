/** A balanced k-d tree over points of one width, row by row in `points`. Exact; Bentley (1975), with boxes around what is below each node. */
export class NearestPoints {
  private readonly order: Int32Array;
  private readonly boxes: Float64Array;

  constructor(
    private readonly points: Float64Array,
    private readonly width: number,
    readonly size: number,
    private readonly leaf = 16,
  ) {
    this.order = Int32Array.from({ length: size }, (_, i) => i);
    this.boxes = new Float64Array(2 * width * 4 * Math.max(1, Math.ceil(size / leaf)));
    if (size > 0) this.build(0, 0, size);
  }

  /** The k nearest, nearest first; of equally near ones those that come first in the rows. */
  nearest(query: Float64Array, k: number): { index: number; squared: number }[] {
    const found: { index: number; squared: number }[] = [];
    this.visit(query, 0, 0, this.size, (index, squared) => {
      let at = found.length;
      while (at > 0 && (found[at - 1]!.squared > squared || (found[at - 1]!.squared === squared && found[at - 1]!.index > index))) at--;
      if (at < k) found.splice(at, 0, { index, squared });
      if (found.length > k) found.pop();
      return found.length < k ? Number.POSITIVE_INFINITY : found[k - 1]!.squared;
    });
    return found;
  }

  /** All points within a squared distance. */
  within(query: Float64Array, limit: number, each: (index: number, squared: number) => void): void {
    this.visit(
      query,
      0,
      0,
      this.size,
      (index, squared) => {
        if (squared <= limit) each(index, squared);
        return limit;
      },
      limit,
    );
  }

  /** Points nearest first as far as the boxes say; those farther than what `take` last answered are passed over. */
  private visit(
    query: Float64Array,
    node: number,
    from: number,
    to: number,
    take: (index: number, squared: number) => number,
    limit = Number.POSITIVE_INFINITY,
  ): number {
    if (to - from <= this.leaf) {
      for (let i = from; i < to; i++) limit = take(this.order[i]!, this.squared(query, this.order[i]!));
      return limit;
    }
    const middle = (from + to) >>> 1;
    const [low, high] = [this.toBox(query, 2 * node + 1), this.toBox(query, 2 * node + 2)];
    const left = (): void => void (low <= limit && (limit = this.visit(query, 2 * node + 1, from, middle, take, limit)));
    const right = (): void => void (high <= limit && (limit = this.visit(query, 2 * node + 2, middle, to, take, limit)));
    for (const side of low <= high ? [left, right] : [right, left]) side();
    return limit;
  }

  private squared(query: Float64Array, index: number): number {
    let sum = 0;
    for (let j = 0; j < this.width; j++) sum += (query[j]! - this.points[index * this.width + j]!) ** 2;
    return sum;
  }

  private toBox(query: Float64Array, node: number): number {
    let sum = 0;
    for (let j = 0, at = 2 * node * this.width; j < this.width; j++, at += 2)
      sum += Math.max(this.boxes[at]! - query[j]!, query[j]! - this.boxes[at + 1]!, 0) ** 2;
    return sum;
  }

  private build(node: number, from: number, to: number): void {
    let [widest, dimension] = [-1, 0];
    for (let j = 0; j < this.width; j++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = from; i < to; i++) {
        const value = this.points[this.order[i]! * this.width + j]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      this.boxes.set([low, high], 2 * (node * this.width + j));
      if (high - low > widest) [widest, dimension] = [high - low, j];
    }
    if (to - from <= this.leaf) return;
    const middle = (from + to) >>> 1;
    const key = (i: number): number => this.points[i * this.width + dimension]!;
    this.order.subarray(from, to).sort((a, b) => key(a) - key(b));
    this.build(2 * node + 1, from, middle);
    this.build(2 * node + 2, middle, to);
  }
}
