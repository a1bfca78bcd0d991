/** Rows of one group in a block; indexes null for all of them. */
export interface Run {
  group: number;
  indexes: Uint32Array | null;
}

const BLOCK = 2048;
const room = new Float64Array(BLOCK);
const finiteRoom = new Float64Array(BLOCK);
const room32 = new Uint32Array(BLOCK);

/** The present values of a block, in order. The array lent is overwritten by the next call. */
export function compact(items: Float64Array, valid: Uint32Array | null, rows: number): Float64Array {
  if (valid === null) return items.length === rows ? items : items.subarray(0, rows);
  let count = 0;
  for (let i = 0; i < rows; i++) {
    room[count] = items[i]!;
    count += (valid[i >>> 5]! >>> (i & 31)) & 1;
  }
  return room.subarray(0, count);
}

/** The present values of some rows of a block, in order. The array lent is overwritten by the next call. */
export function gather(items: Float64Array, valid: Uint32Array | null, indexes: Uint32Array): Float64Array {
  let count = 0;
  for (let i = 0; i < indexes.length; i++) {
    const row = indexes[i]!;
    room[count] = items[row]!;
    count += valid === null ? 1 : (valid[row >>> 5]! >>> (row & 31)) & 1;
  }
  return room.subarray(0, count);
}

/** The finite values among them: the same array where all are. */
export function finiteOnly(values: Float64Array): Float64Array {
  let i = 0;
  while (i < values.length && values[i]! - values[i]! === 0) i++;
  if (i === values.length) return values;
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    finiteRoom[count] = value;
    if (value - value === 0) count++;
  }
  return finiteRoom.subarray(0, count);
}

/** The groups of a block's rows, each with its rows in order; groups in order of their first row. */
export function groupRuns(groups: Float64Array, rows: number): Run[] {
  const first = groups[0]!;
  let same = 1;
  while (same < rows && groups[same] === first) same++;
  if (same === rows) return [{ group: first, indexes: null }];
  const counts = new Map<number, number>();
  for (let i = 0; i < rows; i++) counts.set(groups[i]!, (counts.get(groups[i]!) ?? 0) + 1);
  const starts = new Map<number, number>();
  let start = 0;
  for (const [group, count] of counts) {
    starts.set(group, start);
    start += count;
  }
  const next = new Map(starts);
  const order = rows <= BLOCK ? room32 : new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = next.get(groups[i]!)!;
    order[at] = i;
    next.set(groups[i]!, at + 1);
  }
  return [...counts].map(([group, count]) => ({ group, indexes: order.slice(starts.get(group)!, starts.get(group)! + count) }));
}
