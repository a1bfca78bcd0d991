/** The user gave something that cannot be used: one clear message, exit status 2, no stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

/** What went wrong, in one line: where a schema found something else than it expects, the first places. */
export function describeError(error: unknown): string {
  const { issues } = error as { issues?: readonly Issue[] };
  if (Array.isArray(issues))
    return issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
      .join('; ');
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}

/** An input that cannot be read at all. `uri` names it; `line` is one-based. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  constructor(
    readonly uri: string,
    readonly reason: string,
    readonly line?: number,
  ) {
    super(`${uri}${line === undefined ? '' : `, line ${line}`}: ${reason}`);
  }
}
