import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

export interface DatabaseOptions {
  /** Folder for spilling and scratch files; must exist and be writable. */
  scratch: string;
  memoryMB: number;
  threads: number;
  /** Folders and files DuckDB may read and write, besides `scratch`. Everything else is refused. */
  allowed: string[];
}

/** One DuckDB instance, locked down: no network, no extensions, no files but the allowed ones. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly connection: DuckDBConnection,
    private readonly options: DatabaseOptions,
    private readonly owner = true,
  ) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(options.threads),
      memory_limit: `${Math.floor(options.memoryMB)}MB`,
      temp_directory: options.scratch,
      home_directory: options.scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    const folders = [options.scratch, ...options.allowed].map(quoteText).join(', ');
    await connection.run(`SET allowed_directories = [${folders}]`);
    await connection.run(`SET allowed_paths = [${folders}]`);
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return new Database(instance, connection, options);
  }

  /** Another connection to it, for a statement beside a running one. Closed before this one. */
  async beside(): Promise<Database> {
    return new Database(this.instance, await this.instance.connect(), this.options, false);
  }

  /** An instance of its own with the same rights and one thread, for a statement of which every thread takes memory. */
  async singleThreaded(): Promise<Database> {
    return Database.open({ ...this.options, threads: 1 });
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** All rows of a small result, as objects. Never for data: for counts, schemas and the like. */
  async rows<T = Record<string, DuckDBValue>>(sql: string): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJS() as T[];
  }

  close(): void {
    this.connection.closeSync();
    if (this.owner) this.instance.closeSync();
  }
}

/** A column name in SQL, whatever it contains. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A string in SQL, whatever it contains. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A text as an expression: a NUL cannot stand in a literal. */
export const textSql = (text: string): string =>
  text.includes('\0') ? `(${text.split('\0').map(quoteText).join(' || chr(0) || ')})` : quoteText(text);

/** Parquet files as one table in SQL; columns are matched by name, missing ones are null. */
export const parquetTable = (paths: string[]): string => `read_parquet([${paths.map(quoteText).join(', ')}], union_by_name = true)`;
