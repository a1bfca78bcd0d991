import { isUtf8 } from 'node:buffer';
import type { Rejections } from '../rejections.ts';
import { LONGEST_RECORD, RecordScanner } from './record-scanner.ts';
import type { Dialect } from './sniff-dialect.ts';

export interface CsvScan {
  rows: number;
  /** Whether DuckDB can read the file as it is: nothing rejected, one kind of line break, no stray blank lines. */
  clean: boolean;
  /** Bytes of the longest record. */
  longest: number;
}

/** Takes the bytes of each good record, without its line break. Returns a promise when it wants to be waited for. */
export type RecordSink = (record: Buffer) => Promise<void> | undefined;

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const LF = 0x0a;
const CR = 0x0d;

/** One pass over a CSV file: counts its rows, rejects what cannot be a row, and hands the good records (without the header) to `sink`. */
export class CsvScanner {
  private readonly scanner: RecordScanner;
  private line = 1;
  private rows = 0;
  private longest = 0;
  private headerSeen: boolean;
  private expected: number;
  private authority: string;
  private readonly breaks = new Set<string>();
  private blank = false;
  private skipping = false;

  constructor(
    dialect: Dialect,
    private readonly rejections: Rejections | null,
    private readonly sink: RecordSink | null,
  ) {
    this.scanner = new RecordScanner(dialect.delimiter.charCodeAt(0));
    this.headerSeen = !dialect.header;
    this.expected = dialect.authority === '' ? 0 : dialect.names.length;
    this.authority = dialect.authority;
  }

  async scan(chunks: AsyncIterable<Buffer>): Promise<CsvScan> {
    let rest: Buffer = Buffer.alloc(0);
    let first = true;
    for await (const chunk of chunks) {
      let bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (first && bytes.length < BOM.length) {
        rest = bytes;
        continue;
      }
      if (first && bytes.subarray(0, 3).equals(BOM)) bytes = bytes.subarray(3);
      first = false;
      rest = bytes.subarray(await this.records(bytes, false));
    }
    await this.records(rest, true);
    return {
      rows: this.rows,
      longest: this.longest,
      clean: (this.rejections?.count ?? 0) === 0 && this.breaks.size < 2 && !this.blank && !this.skipping,
    };
  }

  /** Handles the complete records in `bytes`; returns how far it got. */
  private async records(bytes: Buffer, final: boolean): Promise<number> {
    const { scanner } = this;
    const valid = isUtf8(bytes);
    let at = this.skipping ? this.skip(bytes) : 0;
    while (at < bytes.length) {
      if (!scanner.next(bytes, at, final)) {
        if (bytes.length - at < LONGEST_RECORD) break;
        scanner.next(bytes, at, true);
        if (!scanner.problem) {
          scanner.problem = `longer than ${LONGEST_RECORD >> 20} MB`;
          this.skipping = true;
        }
      }
      const waiting = this.record(bytes, at, valid);
      if (waiting) await waiting;
      at = scanner.end;
    }
    return at;
  }

  /** The rest of an overlong line. */
  private skip(bytes: Buffer): number {
    const end = bytes.indexOf(LF);
    if (end < 0) return bytes.length;
    this.skipping = false;
    this.line++;
    return end + 1;
  }

  private record(bytes: Buffer, from: number, valid: boolean): Promise<void> | undefined {
    const { scanner } = this;
    const line = this.line;
    this.longest = Math.max(this.longest, scanner.end - from);
    if (scanner.end > scanner.stop) this.breaks.add(bytes[scanner.stop] === LF ? 'LF' : bytes[scanner.end - 1] === CR ? 'CR' : 'CRLF');
    if (!this.skipping) this.line += scanner.lines;
    const problem =
      scanner.problem ??
      (scanner.stop === from ? null : this.ragged(line)) ??
      (valid || !this.headerSeen ? null : notUtf8(bytes, from, scanner.stop));
    if (!problem && scanner.stop === from && (this.expected !== 1 || !this.headerSeen)) {
      this.blank = true;
      return undefined;
    }
    if (problem) {
      this.rejections?.add(line, problem, bytes.subarray(from, scanner.stop));
      return undefined;
    }
    if (!this.headerSeen) {
      this.headerSeen = true;
      return undefined;
    }
    this.rows++;
    return this.sink?.(bytes.subarray(from, scanner.stop));
  }

  /** The first good record sets how many fields all others need. */
  private ragged(line: number): string | null {
    const { fields } = this.scanner;
    if (this.expected === 0) {
      this.expected = fields;
      this.authority = `as in line ${line}`;
    }
    if (fields === this.expected) return null;
    return `${fields} ${fields === 1 ? 'field' : 'fields'}, expected ${this.expected} ${this.authority}`;
  }
}

const notUtf8 = (bytes: Buffer, from: number, stop: number): string | null =>
  isUtf8(bytes.subarray(from, stop)) ? null : 'not valid UTF-8; save the file as UTF-8';
