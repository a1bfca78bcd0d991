import { AsyncLocalStorage } from 'node:async_hooks';
import { DuckDBConnection } from '@duckdb/node-api';
import type { Trouble } from './trouble.ts';

/** Whose statement it is: processes of the drill run in one. */
const attempts = new AsyncLocalStorage<Trouble>();

/** Work whose engine lacks what this process lacks. */
export function withFaultyEngine<T>(trouble: Trouble, work: () => Promise<T>): Promise<T> {
  install();
  return attempts.run(trouble, work);
}

let installed = false;

/** The real engine, asked or refused before every statement. */
function install(): void {
  if (installed) return;
  installed = true;
  for (const name of ['run', 'stream'] as const) {
    const real = DuckDBConnection.prototype[name] as (sql: string) => Promise<unknown>;
    Object.assign(DuckDBConnection.prototype, {
      async [name](this: DuckDBConnection, sql: string): Promise<unknown> {
        const trouble = attempts.getStore();
        if (!sql.startsWith('SET ')) trouble?.statement(sql);
        return real.call(this, sql).catch((error: Error) => {
          trouble?.refusedBy(error);
          throw error;
        });
      },
    });
  }
}
