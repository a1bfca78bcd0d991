import { UsageError } from '../contract/errors.ts';
import { nearest } from '../contract/nearest.ts';
import type { Reference } from './config-schema.ts';

/** The name of a column that a configuration names, or gives the place of; an error names file, path and what is near. */
export function findColumn(reference: Reference, columns: readonly string[], uri: string, path: string): string {
  const fail = (what: string): never => {
    throw new UsageError(`${uri}: "${path}": ${what} Columns: ${columns.join(', ')}`);
  };
  if (typeof reference === 'number') {
    const last = columns.length - 1;
    return columns[reference] ?? fail(`no column ${reference}, places are from 0 to ${last}.`);
  }
  if (columns.includes(reference)) return reference;
  const near = nearest(reference, columns);
  return fail(`no column "${reference}"${near === null ? '.' : `; did you mean "${near}"?`}`);
}
