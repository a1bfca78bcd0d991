/** What to do with a point; answers how far the search still goes, as a squared distance. */
type Take = (index: number, squared: number) => number;

/** A balanced k-d tree over points of one width, row by row in `points`. Exact; Bentley (1975), with boxes around what is below each node. */
export class NearestPoints {
  private readonly order: Int32Array;
  private readonly boxes: Float64Array;
  /** The points again, in the order of the leaves. */
  private readonly inOrder: Float64Array;

  constructor(
    private readonly points: Float64Array,
    private readonly width: number,
    readonly size: number,
    private readonly leaf = 16,
  ) {
    this.order = Int32Array.from({ length: size }, (_, i) => i);
    this.boxes = new Float64Array(2 * width * 4 * Math.max(1, Math.ceil(size / leaf)));
    if (size > 0) this.build(0, 0, size);
    this.inOrder = new Float64Array(points.length);
    for (const [i, index] of this.order.entries()) this.inOrder.set(points.subarray(index * width, (index + 1) * width), i * width);
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
  private visit(query: Float64Array, node: number, from: number, to: number, take: Take, limit = Number.POSITIVE_INFINITY): number {
    if (to - from <= this.leaf) return this.visitLeaf(query, from, to, take, limit);
    const middle = (from + to) >>> 1;
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const low = this.toBox(query, left);
    const high = this.toBox(query, right);
    if (low > high && high <= limit) limit = this.visit(query, right, middle, to, take, limit);
    if (low <= limit) limit = this.visit(query, left, from, middle, take, limit);
    if (low <= high && high <= limit) limit = this.visit(query, right, middle, to, take, limit);
    return limit;
  }

  private visitLeaf(query: Float64Array, from: number, to: number, take: Take, limit: number): number {
    const { inOrder, width } = this;
    for (let i = from, at = from * width; i < to; i++, at += width) {
      let squared = 0;
      for (let j = 0; j < width && squared <= limit; j++) {
        const gap = query[j]! - inOrder[at + j]!;
        squared += gap * gap;
      }
      if (squared <= limit) limit = take(this.order[i]!, squared);
    }
    return limit;
  }

  private toBox(query: Float64Array, node: number): number {
    const { boxes, width } = this;
    let sum = 0;
    for (let j = 0, at = 2 * node * width; j < width; j++, at += 2) {
      const value = query[j]!;
      const gap = value < boxes[at]! ? boxes[at]! - value : value > boxes[at + 1]! ? value - boxes[at + 1]! : 0;
      sum += gap * gap;
    }
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
