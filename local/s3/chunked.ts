import { S3Error } from './errors.ts';

const LONGEST_LINE = 8192;

/** Takes the framing off an aws-chunked body: `<hex size>[;extension]\r\n<data>\r\n … 0\r\n<trailers>`. */
export class ChunkedDecoder {
  readonly trailers = new Map<string, string>();
  private rest: Buffer = Buffer.alloc(0);
  private need = 0;
  private state: 'size' | 'data' | 'end' | 'trailer' = 'size';

  async *decode(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      this.rest = this.rest.length ? Buffer.concat([this.rest, piece]) : piece;
      for (let data = this.step(); data !== null; data = this.step()) if (data.length) yield data;
    }
    if (this.state !== 'trailer') throw incomplete();
    for (const line of this.rest.toString('latin1').split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) this.trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
    }
  }

  /** One step on what has arrived: some data, nothing yet to hand on (empty), or null when more input is needed. */
  private step(): Buffer | null {
    if (this.state === 'size') return this.readSize();
    if (this.state === 'data') return this.rest.length ? this.readData() : null;
    if (this.state === 'trailer' && this.rest.length > LONGEST_LINE) throw incomplete();
    if (this.state === 'trailer' || this.rest.length < 2) return null;
    if (this.take(2).toString('latin1') !== '\r\n') throw incomplete();
    this.state = 'size';
    return Buffer.alloc(0);
  }

  private readSize(): Buffer | null {
    const end = this.rest.indexOf('\r\n');
    if (end < 0 && this.rest.length <= LONGEST_LINE) return null;
    const digits = /^[0-9a-f]{1,13}(?=;|$)/i.exec(end < 0 ? '' : this.rest.toString('latin1', 0, end))?.[0];
    if (digits === undefined) throw incomplete();
    this.need = Number.parseInt(digits, 16);
    this.take(end + 2);
    this.state = this.need === 0 ? 'trailer' : 'data';
    return Buffer.alloc(0);
  }

  private readData(): Buffer {
    const data = this.take(Math.min(this.need, this.rest.length));
    this.need -= data.length;
    if (this.need === 0) this.state = 'end';
    return data;
  }

  private take(count: number): Buffer {
    const taken = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(count);
    return taken;
  }
}

const incomplete = () => new S3Error('IncompleteBody', 400, 'The aws-chunked body is malformed or ends too early.');
