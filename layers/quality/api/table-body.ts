import { atPointer } from './problem.ts';

/** A JSON body of records is a list of objects, and not empty. `or` names what else it may be. */
export function requireRecords(value: unknown, or = ''): asserts value is Record<string, unknown>[] {
  if (!Array.isArray(value)) throw atPointer([], `expected a list of records${or}; found ${nameOf(value)}`);
  if (value.length === 0) throw atPointer([], 'expected a list of records; it is empty');
  const wrong = value.findIndex((record) => typeof record !== 'object' || record === null || Array.isArray(record));
  if (wrong >= 0) throw atPointer([wrong], `expected a record, an object of values by column; found ${nameOf(value[wrong])}`);
}

const nameOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};
