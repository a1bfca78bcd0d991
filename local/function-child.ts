import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as startTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { LocalFunctionOptions } from './function.ts';
import type { Sandbox } from './sandbox.ts';

const LONGEST_FLUSH = 1000;

interface Failure {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

type Message =
  | { type: 'ready' }
  | { type: 'result'; id: string; json: string }
  | { type: 'failure'; id: string; error: Failure }
  | { type: 'crash'; error: Failure };

/** An invocation that did not succeed, as Lambda would report it. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(
    readonly errorType: string,
    message: string,
    readonly trace: string[] = [],
  ) {
    super(message);
  }
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** One process with the handler in it, for one event at a time. */
export class FunctionChild {
  private readonly process: ChildProcess;
  private readonly ready: Promise<void>;
  /** Resolves when the process has ended and all it said was heard. */
  private readonly gone: Promise<void>;
  /** Resolves when its last line was read; something it started may keep that open. */
  private readonly closed: Promise<unknown>;
  private alive = true;
  private pending: Pending | null = null;
  private lastWords: Failure | null = null;

  constructor(
    private readonly options: LocalFunctionOptions,
    sandbox: Sandbox,
    { number, onReady }: { number: number; onReady: (milliseconds: number) => void },
  ) {
    const start = performance.now();
    const heap = `--max-old-space-size=${Math.floor(options.memoryMB * 0.9)}`;
    const what = JSON.stringify({ bundle: sandbox.bundle, handler: options.handler });
    this.process = spawn(process.execPath, [heap, '--preserve-symlinks', sandbox.runtime, what], {
      cwd: sandbox.workingFolder(number),
      env: sandbox.environment(number),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => options.log?.(line));
    }
    this.ready = this.await((options.initSeconds ?? 30) * 1000, () => 'Initialisation').then(() => onReady(performance.now() - start));
    this.ready.catch(() => {});
    this.process.on('message', (message) => this.hear(message as Message));
    this.process.once('exit', () => (this.alive = false));
    this.closed = new Promise((resolve) => this.process.once('close', resolve));
    this.gone = Promise.all([once(this.process, 'exit'), once(this.process, 'disconnect')]).then(
      ([[code, signal]]) => this.end(this.exitError(code, signal)),
      (error) => this.end(new FunctionError('Runtime.InvalidEntrypoint', String(error))),
    );
  }

  isAlive(): boolean {
    return this.alive;
  }

  async invoke(event: unknown): Promise<unknown> {
    await this.ready;
    const { timeoutSeconds, memoryMB } = this.options;
    const id = randomUUID();
    const answer = this.await(timeoutSeconds * 1000, () => `${id} Task`);
    this.process.send({ id, event, deadline: Date.now() + timeoutSeconds * 1000, memoryLimitInMB: memoryMB }, (error) => {
      if (error) this.settle((pending) => pending.reject(new FunctionError('Runtime.ExitError', error.message)));
    });
    return answer;
  }

  async stop(): Promise<void> {
    this.kill();
    await this.gone;
    await Promise.race([this.closed, setTimeout(LONGEST_FLUSH, undefined, { ref: false })]);
  }

  /** What the child says next; kills it if that takes too long. */
  private await(milliseconds: number, who: () => string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.alive) return reject(new FunctionError('Runtime.ExitError', 'The process has ended.'));
      const timer = startTimer(() => {
        this.end(new FunctionError('Sandbox.Timedout', `${who()} timed out after ${(milliseconds / 1000).toFixed(2)} seconds`));
        this.kill();
      }, milliseconds);
      this.pending = { resolve, reject, timer };
    });
  }

  private hear(message: Message): void {
    if (message.type === 'ready') this.settle((pending) => pending.resolve(undefined));
    else if (message.type === 'result') this.settle((pending) => pending.resolve(JSON.parse(message.json)));
    else if (message.type === 'failure') this.settle((pending) => pending.reject(toError(message.error)));
    else this.lastWords = message.error;
  }

  private exitError(code: number | null, signal: string | null): FunctionError {
    if (this.lastWords) return toError(this.lastWords);
    return new FunctionError('Runtime.ExitError', `The process ended with ${signal ?? `status ${code}`}.`);
  }

  private end(error: FunctionError): void {
    this.alive = false;
    this.settle((pending) => pending.reject(error));
  }

  private settle(how: (pending: Pending) => void): void {
    const pending = this.pending;
    if (!pending) return;
    this.pending = null;
    clearTimeout(pending.timer);
    how(pending);
  }

  private kill(): void {
    this.alive = false;
    this.process.kill('SIGKILL');
  }
}

const toError = ({ errorType, errorMessage, trace }: Failure): FunctionError => new FunctionError(errorType, errorMessage, trace);
