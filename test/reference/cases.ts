import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Tolerance {
  rel: number;
  abs: number;
  keys?: Record<string, { rel: number; abs: number }>;
}

export interface Case {
  id: string;
  what: string;
  // biome-ignore lint/suspicious/noExplicitAny: foreign JSON, each test knows its shape
  inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: foreign JSON, each test knows its shape
  source?: any;
  // biome-ignore lint/suspicious/noExplicitAny: foreign JSON, each test knows its shape
  expected: any;
  tolerance: Tolerance;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The copied cases of a file, which need no data set. */
export const readCases = (name: string): Case[] => JSON.parse(readFileSync(here(`./${name}.json`), 'utf8')).cases;

/** Where the data sets are, if they are here. */
export const dataFolder = here('../../../shared/data');
const whole = (name: string): string => here(`../../../shared/reference/${name}.json`);
export const hasData = existsSync(dataFolder) && existsSync(whole('drift'));

/** The cases of a file over data sets; none where they are absent. */
export const readDataCases = (name: string): Case[] =>
  hasData ? (JSON.parse(readFileSync(whole(name), 'utf8')).cases as Case[]).filter(({ source }) => source !== undefined) : [];

/** Why a value is not the expected one, or null if it is. A value that does not exist is expected as NaN. */
export function mismatch(got: number | null, expected: number | string, tolerance: Tolerance, key = ''): string | null {
  const { rel, abs } = tolerance.keys?.[key] ?? tolerance;
  const goal = Number(expected);
  const value = got ?? Number.NaN;
  if (Object.is(value, goal) || value === goal) return null;
  return Math.abs(value - goal) <= abs + rel * Math.abs(goal) ? null : `${key}: got ${value}, expected ${goal}`;
}
