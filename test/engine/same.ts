import { expect } from 'vitest';
import type { Profile } from '../../layers/quality/profile/profile.ts';
import { encodeProfile } from '../../layers/quality/profile/profile.ts';

const RELATIVE = 1e-12;

/** Moments cancel: they agree as parts of count · (standard deviation)^power. */
function expectSameMoments([count, mean, ...powers]: number[], right: number[], path: string): void {
  expect(count, path).toBe(right[0]);
  const deviation = Math.sqrt(powers[0]! / Math.max(1, count!));
  expect(Math.abs(mean! - right[1]!), path).toBeLessThanOrEqual(RELATIVE * Math.max(Math.abs(mean!), deviation));
  for (const [i, value] of powers.entries())
    expect(Math.abs(value - right[i + 2]!), path).toBeLessThanOrEqual(RELATIVE * count! * deviation ** (i + 2));
}

/** Equal but for the last digits of numbers that are no whole ones. */
export function expectClose(left: unknown, right: unknown, path = ''): void {
  if (typeof left === 'number' && typeof right === 'number' && !(Number.isInteger(left) && Number.isInteger(right))) {
    const size = Math.max(Math.abs(left), Math.abs(right));
    if (Math.abs(left - right) > RELATIVE * Math.max(size, 1e-300)) expect.fail(`${path}: ${left} and ${right}`);
  } else if (path.endsWith('.moments')) expectSameMoments(left as number[], right as number[], path);
  else if (Array.isArray(left) && Array.isArray(right)) {
    expect(left, path).toHaveLength(right.length);
    for (const [i, item] of left.entries()) expectClose(item, right[i], `${path}[${i}]`);
  } else if (left !== null && right !== null && typeof left === 'object' && typeof right === 'object') {
    expect(Object.keys(left), path).toEqual(Object.keys(right));
    for (const [key, item] of Object.entries(left)) expectClose(item, (right as Record<string, unknown>)[key], `${path}.${key}`);
  } else expect(left, path).toEqual(right);
}

/** Moments to 1e-12, all else bit for bit. */
export const expectSameProfile = (a: Profile, b: Profile): void => expectClose(encodeProfile(a), encodeProfile(b));
