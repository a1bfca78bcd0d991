import { UsageError } from '../layers/quality/contract/errors.ts';

/** A port given as a flag; undefined where none was. */
export function portOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(Number.isInteger(number) && number > 0 && number < 65536)) throw new UsageError(`${flag}: expected 1 to 65535, got "${text}"`);
  return number;
}
