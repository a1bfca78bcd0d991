import { FunctionChild, FunctionError } from './function-child.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

export { FunctionError };

export interface LocalFunctionOptions {
  /** Absolute path of the bundled handler. Its whole folder is what Lambda would unpack. */
  bundle: string;
  /** Name of the export. */
  handler: string;
  /** Folders of modules, looked up in this order. Those that do not exist are skipped. */
  layers: string[];
  /** A last folder of modules, for what a layer that was not built would hold. */
  fallbackModules?: string;
  environment?: Record<string, string>;
  endpointS3?: string;
  name?: string;
  timeoutSeconds: number;
  memoryMB: number;
  /** How many children there may be, each with one event at a time. Default 1. */
  concurrency?: number;
  /** How long loading the bundle may take. Default 30. */
  initSeconds?: number;
  /** Gets every line a child writes. */
  log?: (line: string) => void;
}

/** Runs a bundled handler as Lambda does: in processes of its own that know nothing of this one. */
export class LocalFunction {
  /** Cold starts so far: from starting a process to its handler being ready. */
  readonly initMilliseconds: number[] = [];
  private readonly sandbox: Sandbox;
  private readonly idle: FunctionChild[] = [];
  private readonly all = new Set<FunctionChild>();
  private readonly waiting: { resolve: (child: FunctionChild) => void; reject: (error: Error) => void }[] = [];
  private started = 0;
  private closed = false;

  constructor(private readonly options: LocalFunctionOptions) {
    this.sandbox = makeSandbox(options);
  }

  /** The handler's answer, through JSON as in Lambda. A FunctionError where it threw, crashed or took too long. */
  async invoke(event: unknown): Promise<unknown> {
    if (this.closed) throw closedError();
    const child = await this.acquire();
    try {
      return await child.invoke(event);
    } finally {
      this.release(child);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(closedError());
    await Promise.all([...this.all].map((child) => child.stop()));
    this.sandbox.remove();
  }

  private acquire(): FunctionChild | Promise<FunctionChild> {
    for (let free = this.idle.pop(); free; free = this.idle.pop()) {
      if (free.isAlive()) return free;
      this.all.delete(free);
    }
    if (this.all.size < (this.options.concurrency ?? 1)) return this.start();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Hands the child, or a fresh one if it died, to whoever waits. */
  private release(child: FunctionChild): void {
    if (!child.isAlive()) this.all.delete(child);
    const next = this.waiting.shift();
    if (next) next.resolve(child.isAlive() ? child : this.start());
    else if (child.isAlive()) this.idle.push(child);
  }

  private start(): FunctionChild {
    const onReady = (milliseconds: number) => this.initMilliseconds.push(milliseconds);
    const child = new FunctionChild(this.options, this.sandbox, { number: this.started++, onReady });
    this.all.add(child);
    return child;
  }
}

const closedError = () => new FunctionError('ServiceException', 'The function is closed.');
