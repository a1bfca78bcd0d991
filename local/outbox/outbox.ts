import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What would have left this machine: messages to people and events as files, numbered in the order they came, and metrics as lines of one file. */
export class Outbox {
  private readonly counts = new Map<string, number>();

  constructor(readonly directory: string) {}

  /** Keeps a message or an event. It appears whole, under the next number of its kind. */
  keep(kind: 'messages' | 'events', extension: string, content: string): void {
    const folder = join(this.directory, kind);
    const number = (this.counts.get(kind) ?? highest(folder)) + 1;
    this.counts.set(kind, number);
    mkdirSync(folder, { recursive: true });
    const name = `${String(number).padStart(6, '0')}.${extension}`;
    writeFileSync(join(folder, `.${name}`), content);
    renameSync(join(folder, `.${name}`), join(folder, name));
  }

  /** A line of a function's log that CloudWatch would make metrics of; any other is left alone. */
  keepMetrics(line: string): void {
    const start = line.indexOf('{"_aws":');
    if (start < 0) return;
    mkdirSync(this.directory, { recursive: true });
    appendFileSync(join(this.directory, 'metrics.jsonl'), `${line.slice(start).trimEnd()}\n`);
  }
}

const highest = (folder: string): number =>
  existsSync(folder) ? Math.max(0, ...readdirSync(folder).map((name) => Number.parseInt(name, 10) || 0)) : 0;
