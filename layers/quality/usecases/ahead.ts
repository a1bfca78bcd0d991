/** What becomes of each item, in their order, with so many begun before they are asked for. */
export async function* ahead<T, R>(items: readonly T[], most: number, begin: (item: T) => Promise<R>): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for (let next = 0; next < items.length || begun.length > 0; ) {
    while (next < items.length && begun.length < most) {
      const result = begin(items[next++]!);
      // Whoever stops at the first failure does not hear of others.
      result.catch(() => {});
      begun.push(result);
    }
    yield await begun.shift()!;
  }
}
