/**
 * Waits for all of it, also where something fails: only then may what they share be closed. A database that is closed under a running statement ends the process.
 */
export async function allDone<const T extends readonly unknown[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
