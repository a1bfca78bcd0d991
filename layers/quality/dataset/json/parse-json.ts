import { RawNumber } from '../cell.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Text that JSON.parse cannot read is marked on the way in: long integers, and the NaN and Infinity that Python writes. */
const MARK = '\u0000#';
const NEEDS_MARKS = /(?:^|[:[,\s])(?:-?\d{16,}\s*(?:[,\]}\s]|$)|-?Infinity|NaN)/;
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\bInfinity\b|\bNaN\b/g;

const markNumber = (token: string): string => {
  if (token.startsWith('"')) return token;
  if (token === 'NaN' || token.endsWith('Infinity')) return `"\\u0000#${token}"`;
  if (!/^-?\d{16,}$/.test(token) || /^-?0\d/.test(token)) return token;
  return Number.isSafeInteger(Number(token)) ? token : `"\\u0000#${token}"`;
};

/** Parses JSON; integers beyond 2^53 stay readable through `unmark`: as numbers even those that are doubles would print with other digits. */
export const parseJson = (text: string): Json => JSON.parse(NEEDS_MARKS.test(text) ? text.replace(TOKENS, markNumber) : text);

/** A scalar as it was written. */
export const unmark = (value: string): string | number | RawNumber => {
  if (!value.startsWith(MARK)) return value;
  const text = value.slice(MARK.length);
  if (text === 'NaN' || text.endsWith('Infinity')) return Number(text);
  return /^-?\d+$/.test(text) ? new RawNumber(text) : value;
};

/** A nested value as JSON text again. */
export const toJsonText = (value: Json): string => JSON.stringify(value).replace(/"\\u0000#(-?\d+|NaN|-?Infinity)"/g, '$1');

/** Why a text is not JSON, without repeating any of it: it may be personal. */
export const jsonProblem = (error: unknown): string => {
  const message = String((error as Error).message);
  if (message.includes('end of JSON input') || message.includes('Unterminated')) return 'broken JSON: it ends too early';
  const position = / at position (\d+)/.exec(message)?.[1];
  const expected = /^Expected (.*?) (?:after|in) /.exec(message)?.[1];
  if (expected) return `broken JSON${position ? ` at character ${Number(position) + 1}` : ''}: expected ${expected}`;
  return 'broken JSON: a character where none may be';
};

export const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a JSON value is, in words. */
export const describeJson = (value: Json): string => {
  if (Array.isArray(value)) return 'an array';
  if (value === null) return 'null';
  return isObject(value) ? 'an object' : `a ${typeof value}`;
};
