import { z } from 'zod';
import { UsageError } from '../contract/errors.ts';
import { plain } from './plain.ts';

/** A file of Model Monitor or Clarify, as it was found. */
export interface FoundFile {
  uri: string;
  text: string;
}

/** The JSON of a file; an error names the file. */
export function parseJson({ uri, text }: FoundFile): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(`${plain(uri)}: not JSON: ${plain((error as Error).message)}`);
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new UsageError(`${plain(uri)}: the whole: expected an object`);
  return json as Record<string, unknown>;
}

/** JSON as a schema has it; an error names the file, the path in it and what was expected. */
export function parseAs<T>(schema: z.ZodType<T>, json: unknown, uri: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${plain(uri)}: ${parsed.error.issues.slice(0, 3).map(describe).join('; ')}`);
}

const describe = ({ path, message }: z.core.$ZodIssue): string =>
  `${path.length === 0 ? 'the whole' : `"${plain(pathText(path))}"`}: ${plain(message.replace(/^Invalid input: /, ''))}`;

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`)).join('');

/** Paths of keys that a schema does not name; the places of a list are left out, so that each is said once. */
export function unknownKeys(schema: z.core.$ZodType, json: unknown, path = ''): string[] {
  const inner = unwrap(schema);
  const found = new Set<string>();
  const add = (paths: string[]): void => {
    for (const at of paths) found.add(at);
  };
  if (inner instanceof z.ZodArray && Array.isArray(json)) for (const entry of json) add(unknownKeys(inner.element, entry, `${path}[]`));
  else if (inner instanceof z.ZodObject && json !== null && typeof json === 'object')
    for (const [key, value] of Object.entries(json)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (!Object.hasOwn(inner.shape, key)) found.add(at);
      else add(unknownKeys(inner.shape[key]!, value, at));
    }
  return [...found];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrap(schema.out) : schema;
}
