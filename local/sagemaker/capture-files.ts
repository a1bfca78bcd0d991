import { randomUUID } from 'node:crypto';
import { captureKey, captureRecord, type Invocation } from './capture-record.ts';
import type { CaptureSettings } from './capture-settings.ts';

/** Brings an object to the store. */
export type PutObject = (bucket: string, key: string, body: string) => Promise<void>;

interface Source {
  endpoint: string;
  variant: string;
}

interface OpenFile {
  settings: CaptureSettings;
  source: Source;
  first: number;
  lines: string[];
  bytes: number;
}

export interface CaptureFilesOptions {
  put: PutObject;
  /** How long records wait for others, as SageMaker lets them wait some minutes. */
  flushMilliseconds: number;
  log?: ((line: string) => void) | undefined;
}

const MOST_BYTES = 1_000_000;
const HOUR = 3_600_000;

/** Capture files being filled: one for each variant and hour. What cannot be written is lost, and the endpoint answers all the same, as in SageMaker. */
export class CaptureFiles {
  private readonly open = new Map<string, OpenFile>();
  private readonly writing = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: CaptureFilesOptions) {
    this.timer = setInterval(() => void this.flush(), options.flushMilliseconds);
    this.timer.unref();
  }

  add(source: Source, settings: CaptureSettings, invocation: Invocation): void {
    const id = JSON.stringify([source.endpoint, source.variant, Math.floor(invocation.at / HOUR), settings.bucket, settings.prefix]);
    const file = this.open.get(id) ?? { settings, source, first: invocation.at, lines: [], bytes: 0 };
    const line = captureRecord(settings, invocation);
    file.lines.push(line);
    file.bytes += Buffer.byteLength(line) + 1;
    this.open.set(id, file);
    if (file.bytes >= MOST_BYTES) this.close(id, file);
  }

  /** Resolves when every record there is has been written. */
  async flush(): Promise<void> {
    for (const [id, file] of [...this.open]) this.close(id, file);
    await Promise.all(this.writing);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private close(id: string, { settings, source, first, lines }: OpenFile): void {
    this.open.delete(id);
    const key = captureKey(settings, source, first, randomUUID());
    const written = this.options
      .put(settings.bucket, key, `${lines.join('\n')}\n`)
      .catch((error: Error) => this.options.log?.(`sagemaker: ${lines.length} captured requests are lost: ${error.message}`))
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }
}
