/** A number that Model Monitor writes with a fraction even where it is whole: 1.0. NaN and the infinities are texts, as in its files. */
export class Double {
  constructor(readonly value: number) {}
}

export type Written = string | number | boolean | Double | Written[] | { [key: string]: Written };

/** JSON laid out as Model Monitor lays it out: ` : ` after a key, lists on one line, objects on their own. */
export function renderWritten(value: Written, indent = ''): string {
  if (value instanceof Double) return doubleText(value.value);
  if (Array.isArray(value)) return value.length === 0 ? '[ ]' : `[ ${value.map((entry) => renderWritten(entry, indent)).join(', ')} ]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Object.entries(value).map(([key, entry]) => `${inner}${JSON.stringify(key)} : ${renderWritten(entry, inner)}`);
  return lines.length === 0 ? '{ }' : `{\n${lines.join(',\n')}\n${indent}}`;
}

function doubleText(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  const text = Object.is(value, -0) ? '0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A share as Model Monitor writes percentages in sentences: `100.0%`, `99.64592817400101%`. */
export const percentText = (share: number): string => `${doubleText(100 * share)}%`;

/** A number as it stands in a sentence. */
export const numberText = (value: number): string => (Number.isFinite(value) ? doubleText(value) : String(value));
