import type { Line } from './split-lines.ts';
import { LONGEST_LINE } from './split-lines.ts';

const [LF, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** Splits one JSON array into its elements, each with the line it begins on; memory holds one element at most. */
export async function* splitArray(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  const splitter = new ArraySplitter();
  for await (const chunk of chunks) {
    splitter.take(chunk);
    yield splitter.lines.splice(0);
  }
  splitter.finish();
  yield splitter.lines;
}

class ArraySplitter {
  readonly lines: Line[] = [];
  private line = 1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private begun = 0;
  private parts: Buffer[] = [];
  private held = 0;

  take(chunk: Buffer): void {
    let from = this.begun > 0 ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      const ends = this.depth === 1 && !this.inString && (byte === COMMA || CLOSE.has(byte));
      if (ends && this.begun > 0) {
        this.emit(chunk.subarray(from, i));
        from = -1;
      } else if (this.begun === 0 && this.starts(byte, ends)) {
        from = i;
        this.begun = this.line;
      }
      this.track(byte);
      if (byte === LF) this.line++;
    }
    if (this.begun > 0) this.hold(chunk.subarray(Math.max(from, 0)));
  }

  finish(): void {
    const problem = 'the JSON array ends too early, expected "]"';
    if (this.begun > 0) this.lines.push({ number: this.begun, bytes: Buffer.concat(this.parts), problem });
    else if (this.depth > 0) this.lines.push({ number: this.line, bytes: Buffer.alloc(0), problem });
  }

  /** Whether an element begins here; whatever follows the closing bracket counts as one, and is rejected as not being an object. */
  private starts(byte: number, ends: boolean): boolean {
    return !ends && !BLANK.has(byte) && (this.depth === 1 || (this.depth === 0 && !OPEN.has(byte)));
  }

  private track(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (this.inString) {
      if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) this.inString = false;
    } else if (byte === QUOTE) this.inString = true;
    else if (OPEN.has(byte)) this.depth++;
    else if (CLOSE.has(byte)) this.depth--;
  }

  private hold(part: Buffer): void {
    this.held += part.length;
    if (this.held <= LONGEST_LINE) this.parts.push(part);
  }

  private emit(part: Buffer): void {
    this.hold(part);
    const line: Line = { number: this.begun, bytes: Buffer.concat(this.parts) };
    if (this.held > LONGEST_LINE) line.problem = `an element longer than ${LONGEST_LINE >> 20} MB`;
    this.lines.push(line);
    this.begun = this.held = 0;
    this.parts = [];
  }
}
