/** The user gave something that cannot be used: one clear message, exit status 2, no stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
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
