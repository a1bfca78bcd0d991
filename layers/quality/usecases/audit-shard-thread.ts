import { Worker } from 'node:worker_threads';
import type { Profile } from '../profile/profile.ts';
import type { FoldCuts, Opened, Shard, Taken } from './audit-shard.ts';
import type { ShardAnswer, ShardCall } from './audit-shard-worker.ts';

const MOST_CALLS = 8;
/** What is parsed is of no use at once: more room for it is more memory, and no faster. */
const YOUNG_MB = 8;

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** A shard on a thread of its own. When the thread ends before its work does, every call that waits fails, and every later one. */
export class ShardThread implements Shard {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  /** Calls that are sent as one message when this thread has nothing else to do, for each message wakes a thread. */
  private calls: ShardCall[] = [];
  private ended: Error | null = null;

  constructor(workerFile: string, cuts: FoldCuts | null) {
    this.worker = new Worker(workerFile, { workerData: cuts, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.worker.on('message', (answers: ShardAnswer[]) => {
      for (const [i, { resolve, reject }] of this.waiting.splice(0, answers.length).entries()) {
        const answer = answers[i]!;
        if ('error' in answer) reject(answer.error);
        else resolve(answer.result);
      }
    });
    this.worker.on('error', ({ message }) => this.end(message));
    this.worker.on('messageerror', ({ message }) => this.end(message));
    this.worker.on('exit', (code) => this.end(`it ended with ${code}`));
  }

  /** The bytes are copied: they are the store's, and may be a part of more. */
  open(key: string, body: Buffer): Promise<Opened> {
    return this.call(['open', key, new Uint8Array(body)]);
  }

  take(key: string): Promise<Taken> {
    return this.call(['take', key]);
  }

  drop(key: string): Promise<void> {
    return this.call(['drop', key]);
  }

  result(): Promise<Profile | null> {
    return this.call(['result']);
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private call<T>(call: ShardCall): Promise<T> {
    const answered = new Promise<T>((resolve, reject) => {
      if (this.ended !== null) return reject(this.ended);
      this.waiting.push({ resolve: resolve as Waiting['resolve'], reject });
      if (this.calls.push(call) === 1) setImmediate(() => this.send());
      if (this.calls.length === MOST_CALLS) this.send();
    });
    // Whoever stops at the first failure does not hear of others.
    answered.catch(() => {});
    return answered;
  }

  private send(): void {
    const calls = this.calls;
    this.calls = [];
    if (calls.length > 0)
      this.worker.postMessage(
        calls,
        calls.flatMap((call) => (call[0] === 'open' ? [call[2].buffer as ArrayBuffer] : [])),
      );
  }

  private end(why: string): void {
    this.ended ??= new Error(`audit: a thread that folds profiles failed: ${why}`);
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
  }
}
