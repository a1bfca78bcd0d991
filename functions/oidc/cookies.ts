/** A cookie of ours by name; null where there is none. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name && value.length > 0) return value.join('=');
  }
  return null;
}

/** Kept from scripts, other hosts and plain HTTP, and sent with what another site asks only where that leads a person here. */
const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax';

/** What browsers keep at least, with the name. */
export const MOST_COOKIE_BYTES = 4096;

export const setCookie = (name: string, value: string, seconds: number): string => `${name}=${value}; Max-Age=${seconds}; ${ATTRIBUTES}`;

export const clearCookie = (name: string): string => setCookie(name, '', 0);
