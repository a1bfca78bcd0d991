import { rm } from 'node:fs/promises';
import { type Database, parquetTable, quoteName, quoteText } from '../engine/database.ts';
import { type Cell, kindOf, physicalType, textOf } from './cell.ts';
import { UniqueNames } from './unique-names.ts';

const BATCH_ROWS = 20_000;
const BATCH_CHARACTERS = 16 << 20;

interface ColumnBuffer {
  name: string;
  kinds: number;
  values: (string | null)[];
}

/**
 * Writes rows whose columns and types become known only as they come. Values are staged as text, a Parquet file per batch, so that memory does not grow
 * with the rows; at the end every column gets the one type that fits all of it.
 */
export class TableWriter {
  rows = 0;
  private readonly columns = new Map<string, ColumnBuffer>();
  private readonly names = new UniqueNames();
  private readonly batches: string[] = [];
  private buffered = 0;
  private characters = 0;

  constructor(
    private readonly database: Database,
    private readonly stem: string,
  ) {}

  /** Adds one row. When it returns a promise, wait for it before the next. */
  add(names: readonly string[], cells: readonly Cell[]): Promise<void> | undefined {
    for (let i = 0; i < names.length; i++) this.put(names[i]!, cells[i]!);
    this.rows++;
    this.buffered++;
    return this.buffered >= BATCH_ROWS || this.characters >= BATCH_CHARACTERS ? this.flush() : undefined;
  }

  private put(name: string, cell: Cell): void {
    let column = this.columns.get(name);
    if (!column) this.columns.set(name, (column = { name: this.names.add(name), kinds: 0, values: [] }));
    if (cell === null) return;
    const text = textOf(cell);
    column.kinds |= kindOf(cell);
    while (column.values.length < this.buffered) column.values.push(null);
    column.values[this.buffered] = text;
    this.characters += text.length;
  }

  /** One Parquet file of everything; null when there was no column at all. */
  async finish(target: string): Promise<{ untyped: string[] } | null> {
    const columns = [...this.columns.values()];
    if (columns.length === 0) return null;
    const select = columns.map(({ name, kinds }) => `CAST(${quoteName(name)} AS ${physicalType(kinds)}) AS ${quoteName(name)}`).join(', ');
    if (this.batches.length === 0) await this.stage(select, target);
    else {
      await this.flush();
      await this.database.run(`COPY (SELECT ${select} FROM ${parquetTable(this.batches)}) TO ${quoteText(target)} (FORMAT parquet)`);
    }
    await this.discard();
    return { untyped: columns.filter((column) => column.kinds === 0).map((column) => column.name) };
  }

  /** Removes what was staged. */
  async discard(): Promise<void> {
    await Promise.all(this.batches.map((path) => rm(path, { force: true })));
  }

  private async flush(): Promise<void> {
    if (this.buffered === 0 || this.columns.size === 0) return;
    const path = `${this.stem}.batch-${this.batches.length}.parquet`;
    await this.stage('*', path);
    this.batches.push(path);
    for (const column of this.columns.values()) column.values = [];
    this.buffered = 0;
    this.characters = 0;
  }

  /** The buffered rows as a Parquet file. */
  private async stage(select: string, path: string): Promise<void> {
    /** Named after the file, so that writers do not meet. */
    const table = quoteName(this.stem);
    const columns = [...this.columns.values()];
    const definitions = columns.map((column) => `${quoteName(column.name)} VARCHAR`).join(', ');
    await this.database.run(`CREATE OR REPLACE TEMP TABLE ${table} (${definitions})`);
    await this.append(columns);
    await this.database.run(`COPY (SELECT ${select} FROM ${table}) TO ${quoteText(path)} (FORMAT parquet)`);
    await this.database.run(`DROP TABLE ${table}`);
  }

  private async append(columns: ColumnBuffer[]): Promise<void> {
    const appender = await this.database.connection.createAppender(this.stem);
    for (let row = 0; row < this.buffered; row++) {
      for (const { values } of columns) {
        const value = values[row];
        if (value === null || value === undefined) appender.appendNull();
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  }
}
