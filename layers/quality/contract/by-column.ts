/** What is about each column, in order; about none of them under null. */
export function byColumn<T extends { column: string | null }>(items: Iterable<T>): Map<string | null, T[]> {
  const found = new Map<string | null, T[]>();
  for (const item of items) {
    const of = found.get(item.column);
    if (of === undefined) found.set(item.column, [item]);
    else of.push(item);
  }
  return found;
}
