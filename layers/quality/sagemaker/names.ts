import { createHash } from 'node:crypto';
import { UsageError } from '../contract/errors.ts';
import { clean, parseArn } from './words.ts';

const LONGEST = 63;
const HASH = 8;

/** An endpoint as it may be named: by name, or by ARN, which names its region too. */
export function parseEndpoint(given: string): { name: string; region?: string } {
  const arn = parseArn(given);
  const name = arn === null ? given : arn.resource.replace(/^endpoint\//, '');
  if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(name))
    throw new UsageError(`discover: expected an endpoint's name (letters, digits and -, up to 63) or its ARN, got "${clean(given)}"`);
  return { name, ...(arn !== null && arn.region !== '' && { region: arn.region }) };
}

/** A monitor's name of an endpoint's and, of one variant, the variant's. A name too long ends with a hash of the whole. */
export function monitorName(endpoint: string, variant: string | null): string {
  const whole = variant === null ? endpoint : `${endpoint}-${variant}`;
  const name = whole.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  if (name.length <= LONGEST) return name;
  return `${name.slice(0, LONGEST - HASH - 1)}-${createHash('sha256').update(whole).digest('hex').slice(0, HASH)}`;
}
