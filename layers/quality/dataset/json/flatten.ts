import type { Cell } from '../cell.ts';
import { isObject, type Json, toJsonText, unmark } from './parse-json.ts';

/** One value as a cell: arrays and objects stay JSON text. */
export const toCell = (value: Json): Cell => {
  if (typeof value === 'string') return unmark(value);
  return typeof value === 'object' && value !== null ? toJsonText(value) : value;
};

/** An object's columns. Nested objects are flattened one level with a dot (`address.city`); deeper ones, arrays, and
 * objects whose dotted names are taken stay JSON text. */
export const flatten = (object: { [key: string]: Json }): { names: string[]; cells: Cell[] } => {
  const names: string[] = [];
  const cells: Cell[] = [];
  for (const [key, value] of Object.entries(object)) {
    const nested = isObject(value) ? Object.entries(value) : [];
    if (nested.length === 0 || nested.some(([inner]) => Object.hasOwn(object, `${key}.${inner}`))) {
      names.push(key);
      cells.push(toCell(value));
      continue;
    }
    for (const [inner, innerValue] of nested) {
      names.push(`${key}.${inner}`);
      cells.push(toCell(innerValue));
    }
  }
  return { names, cells };
};
