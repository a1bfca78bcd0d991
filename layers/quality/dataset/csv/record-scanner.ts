const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** A record longer than this is taken for one with an unclosed quote. */
export const LONGEST_RECORD = 16 << 20;
const RESCAN_BUDGET = 256 << 20;

/**
 * Finds one CSV record at a time in bytes (RFC 4180): fields may be quoted, quotes inside are doubled, quoted fields may hold line breaks, and blanks
 * around a quoted field are dropped. CR, LF and CRLF all end a record. A quote inside an unquoted field is an ordinary character.
 */
export class RecordScanner {
  /** Where the next record begins. */
  end = 0;
  fields = 0;
  /** Physical lines the record takes. */
  lines = 0;
  /** Where the record's own bytes stop, before its line break. */
  stop = 0;
  problem: string | null = null;
  /** Start and stop of each field; filled only with `keepOffsets`. */
  offsets: number[] = [];
  private rescanned = 0;

  constructor(
    private readonly delimiter: number,
    private readonly keepOffsets = false,
  ) {}

  /** Scans the record at `from`. False: it does not end in these bytes, and more may follow. */
  next(bytes: Buffer, from: number, final: boolean): boolean {
    this.fields = 0;
    this.lines = 1;
    this.problem = null;
    if (this.keepOffsets) this.offsets = [];
    for (let at = from; ; at++) {
      const start = at;
      at = this.field(bytes, at);
      if (at >= bytes.length && !final) return false;
      this.fields++;
      if (this.keepOffsets) this.offsets.push(start, Math.min(at, bytes.length));
      if (this.problem) return this.resync(bytes, from, at);
      if (bytes[at] === this.delimiter) continue;
      return this.finish(bytes, at, final);
    }
  }

  /** The position after the field at `at`. */
  private field(bytes: Buffer, at: number): number {
    const { delimiter } = this;
    let i = at;
    while (bytes[i] === SPACE) i++;
    if (bytes[i] === QUOTE) return this.quoted(bytes, i + 1);
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === delimiter || byte === LF || byte === CR) return i;
    }
    return i;
  }

  private quoted(bytes: Buffer, at: number): number {
    let i = at;
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) this.lines++;
      if (byte !== QUOTE) continue;
      if (bytes[i + 1] !== QUOTE) break;
      i++;
    }
    if (i >= bytes.length) this.problem = 'a quote is opened and never closed';
    i++;
    while (bytes[i] === SPACE) i++;
    if (i < bytes.length && bytes[i] !== this.delimiter && bytes[i] !== LF && bytes[i] !== CR) this.problem = 'text after a closing quote';
    return i;
  }

  private finish(bytes: Buffer, at: number, final: boolean): boolean {
    this.stop = Math.min(at, bytes.length);
    if (bytes[at] === CR && at + 1 >= bytes.length && !final) return false;
    this.end = Math.min(bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1, bytes.length);
    return true;
  }

  /**
   * After a stray quote only the record's first line is given up: the following lines are read anew. A file full of stray quotes would be read
   * over and over, so past a budget the whole stretch is given up instead.
   */
  private resync(bytes: Buffer, from: number, at: number): boolean {
    const anew = this.rescanned < RESCAN_BUDGET;
    if (anew) this.lines = 1;
    let stop = anew ? from : Math.min(at, bytes.length);
    while (stop < bytes.length && bytes[stop] !== LF && bytes[stop] !== CR) stop++;
    this.rescanned += Math.max(0, Math.min(at, bytes.length) - stop);
    return this.finish(bytes, stop, true);
  }
}
