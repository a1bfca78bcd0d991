/** Numbers as people read them, the same in every report: 3 significant digits, whole counts, shares in percent. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return groupDigits(String(value));
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-4) return value.toExponential(2);
  const text = Number(value.toPrecision(3)).toString();
  return size >= 1000 ? groupDigits(text) : text;
}

const groupDigits = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `1 row`, `2,000 rows`. */
export const plural = (count: number, one: string): string => `${formatNumber(count)} ${count === 1 ? one : `${one}s`}`;

/** Seconds as people say them. */
export function formatAge(seconds: number): string {
  const [size, unit] = Math.abs(seconds) < 7200 ? [60, 'minute'] : Math.abs(seconds) < 2 * 86_400 ? [3600, 'hour'] : [86_400, 'day'];
  const count = Math.round(seconds / Number(size));
  return plural(count, String(unit));
}

/** A share as a percentage; small ones keep a digit that says they are not zero. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent >= 10) return `${percent > 99 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
  return percent < 0.01 ? '< 0.01 %' : `${Number(percent.toPrecision(2))} %`;
}

export const formatPValue = (p: number): string => (p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`);
