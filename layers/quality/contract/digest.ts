import { createHash } from 'node:crypto';

/** What identifies something by what it was made of: the first hexadecimal digits of the SHA-256 of its JSON. */
export const digestOf = (json: unknown, digits = 16): string =>
  createHash('sha256').update(JSON.stringify(json)).digest('hex').slice(0, digits);
