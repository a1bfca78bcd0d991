const READING = ['GET', 'HEAD', 'OPTIONS'];

export interface Asked {
  method: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** As API Gateway knows it, whatever the request says. */
  host: string;
}

/**
 * Whether a cookie may speak for this request. Browsers send it along whoever makes them ask: what changes something has to come from a page of the
 * same origin, and the browser has to say so.
 */
export function mayUseCookie({ method, headers, host }: Asked): boolean {
  if (READING.includes(method)) return true;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin === undefined && site === undefined) return false;
  return (origin === undefined || origin === `https://${host}`) && (site === undefined || site === 'same-origin');
}
