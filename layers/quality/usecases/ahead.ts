/** What becomes of each item, in their order, with so many begun before they are asked for. What the items end with comes in its turn as well. */
export async function* ahead<T, R>(items: Iterable<T> | AsyncIterable<T>, most: number, begin: (item: T) => Promise<R>): AsyncGenerator<R> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const begun: Promise<R>[] = [];
  let ended = false;
  const next = async (): Promise<void> => {
    try {
      const { done, value } = await source.next();
      if (done) ended = true;
      else begun.push(begin(value));
    } catch (error) {
      ended = true;
      begun.push(Promise.reject(error));
    }
    // Whoever stops at the first failure does not hear of others.
    begun.at(-1)?.catch(() => {});
  };
  try {
    while (true) {
      while (!ended && begun.length < most) await next();
      if (begun.length === 0) return;
      yield await begun.shift()!;
    }
  } finally {
    await source.return?.();
  }
}
