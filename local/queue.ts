import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failedItems, type Message, type QueueRecord, toRecord } from './batch.ts';
import { seededRandom, shuffle } from './random.ts';

export interface DeadLetter {
  messageId: string;
  body: string;
  receives: number;
  /** Of the last attempt. */
  error: string;
}

export interface Delivery {
  /** How often every message is delivered; default once. */
  copies?: number;
  /** Hand out the waiting messages in a random order, each after a random pause of up to this many milliseconds. */
  shuffleMilliseconds?: number;
  seed?: number;
}

export interface QueueOptions {
  /** Gets up to `batchSize` records; may answer which of them failed; throws if all did. */
  consume: (event: { Records: QueueRecord[] }) => Promise<unknown>;
  name?: string;
  batchSize?: number;
  /** How many batches are under way at once. */
  concurrency?: number;
  /** A message not dealt with after this long is delivered again. */
  visibilityMilliseconds?: number;
  maxReceives?: number;
  /** Pause before delivery after so many failed ones. */
  backoffMilliseconds?: (receives: number) => number;
  deadLetterFolder?: string;
  deliver?: Delivery;
}

/** An in-memory queue with an event source mapping: at least once, retried, then a dead letter. */
export class Queue {
  private readonly messages = new Set<Message>();
  private readonly letters: DeadLetter[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly random: () => number;
  private readonly maxReceives: number;
  private active = 0;
  private timer: NodeJS.Timeout | undefined;
  private due = Number.POSITIVE_INFINITY;
  private closed = false;

  constructor(private readonly options: QueueOptions) {
    this.random = seededRandom(options.deliver?.seed ?? 1);
    this.maxReceives = options.maxReceives ?? 5;
  }

  send(body: string): string {
    const id = randomUUID();
    const now = Date.now();
    for (let copy = 0; copy < (this.options.deliver?.copies ?? 1); copy++) {
      const pause = Math.floor(this.random() * (this.options.deliver?.shuffleMilliseconds ?? 0));
      this.messages.add({ id, body, sent: now, firstReceived: 0, receives: 0, visibleAt: now + pause, error: 'not dealt with in time' });
    }
    this.schedule(0);
    return id;
  }

  /** Resolves when nothing is waiting or in flight. */
  async idle(): Promise<void> {
    if (this.messages.size || this.active) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  deadLetters(): readonly DeadLetter[] {
    return this.letters;
  }

  /** Delivers nothing more. Whoever waits for idleness is let go. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.messages.clear();
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Looks for visible messages at the latest after so long. */
  private schedule(milliseconds: number): void {
    const due = Date.now() + milliseconds;
    if (this.closed || due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.due = Number.POSITIVE_INFINITY;
      this.pump();
    }, milliseconds);
  }

  private pump(): void {
    const { concurrency = 1 } = this.options;
    while (this.active < concurrency) {
      const batch = this.receive();
      if (!batch.length) break;
      this.active++;
      void this.process(batch).finally(() => {
        this.active--;
        this.pump();
      });
    }
    if (!this.messages.size && !this.active) for (const resolve of this.waiting.splice(0)) resolve();
    if (this.messages.size) this.scheduleNext();
  }

  private scheduleNext(): void {
    const next = [...this.messages].reduce((least, { visibleAt }) => Math.min(least, visibleAt), Number.POSITIVE_INFINITY);
    if (this.active < (this.options.concurrency ?? 1)) this.schedule(Math.max(1, next - Date.now()));
  }

  /** Takes visible messages, no two with the same id, and hides them. */
  private receive(): Message[] {
    const now = Date.now();
    for (const message of this.messages) if (message.visibleAt <= now && message.receives >= this.maxReceives) this.bury(message);
    const visible = [...this.messages].filter((message) => message.visibleAt <= now);
    if (this.options.deliver?.shuffleMilliseconds !== undefined) shuffle(visible, this.random);
    const batch = new Map<string, Message>();
    for (const message of visible) {
      if (batch.size === (this.options.batchSize ?? 10)) break;
      if (!batch.has(message.id)) batch.set(message.id, message);
    }
    for (const message of batch.values()) {
      message.receives++;
      message.firstReceived ||= now;
      message.visibleAt = now + (this.options.visibilityMilliseconds ?? 30_000);
    }
    return [...batch.values()];
  }

  private async process(batch: Message[]): Promise<void> {
    const receives = new Map(batch.map((message) => [message, message.receives]));
    const failures = await this.consume(batch);
    for (const message of batch) {
      if (!this.messages.has(message)) continue;
      const error = failures.get(message.id);
      if (error === undefined) this.messages.delete(message);
      else if (message.receives === receives.get(message)) this.fail(message, error);
    }
  }

  /** Which messages failed, and why. */
  private async consume(batch: Message[]): Promise<Map<string, string>> {
    try {
      const answer = await this.options.consume({ Records: batch.map((message) => toRecord(message, this.options.name ?? 'local')) });
      const failed = failedItems(answer);
      const unknown = failed.some((id) => !batch.some((message) => message.id === id));
      if (!unknown) return new Map(failed.map((id) => [id, 'reported in batchItemFailures']));
      throw new Error('batchItemFailures names an item that is not in the batch');
    } catch (error) {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return new Map(batch.map((message) => [message.id, text]));
    }
  }

  private fail(message: Message, error: string): void {
    const { backoffMilliseconds = (receives: number) => Math.min(30_000, 200 * 2 ** (receives - 1)) } = this.options;
    message.error = error;
    message.visibleAt = Date.now() + backoffMilliseconds(message.receives);
    if (message.receives >= this.maxReceives) this.bury(message);
  }

  private bury(message: Message): void {
    this.messages.delete(message);
    const letter = { messageId: message.id, body: message.body, receives: message.receives, error: message.error };
    this.letters.push(letter);
    const folder = this.options.deadLetterFolder;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${message.id}.json`), `${JSON.stringify(letter, null, 2)}\n`);
  }
}
