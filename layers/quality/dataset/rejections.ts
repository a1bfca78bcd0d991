import type { RejectedLine } from './open-dataset.ts';

export const KEPT_REJECTIONS = 100;
const KEPT_TEXT = 10_000;

/** Counts the rejected lines of one file and keeps the first ones. */
export class Rejections {
  count = 0;
  readonly lines: RejectedLine[] = [];

  constructor(
    private readonly uri: string,
    private readonly keepText: boolean,
  ) {}

  add(line: number, reason: string, content?: Buffer | string): void {
    this.count++;
    if (this.lines.length >= KEPT_REJECTIONS) return;
    const rejected: RejectedLine = { uri: this.uri, line, reason };
    if (this.keepText && content !== undefined)
      rejected.text = content
        .toString('utf8')
        .replace(/\r?\n$/, '')
        .slice(0, KEPT_TEXT);
    this.lines.push(rejected);
  }
}
