/** Numbers, shares and times as people read them: the same on every machine, whatever its locale. */

const MINUS = '\u2212';

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

function sign(value: number, unsigned: string): string {
  return value < 0 ? MINUS + unsigned : unsigned;
}

/** Three significant digits unless told otherwise, grouped in thousands; very large and very small values in powers of ten. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return sign(value, '∞');
  if (value === 0) return '0';
  const rounded = Number(Math.abs(value).toPrecision(digits));
  if (rounded >= 1e12 || rounded < 1e-4) return sign(value, rounded.toExponential().replace('e+', 'e'));
  const [whole, part] = plain(rounded).split('.');
  return sign(value, group(whole!) + (part === undefined ? '' : `.${part}`));
}

const plain = (value: number): string => (value < 1e-6 ? value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '') : String(value));

/** A whole number, every digit; above 1e15, where not every one is known, as other numbers. */
export const formatCount = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15 ? sign(value, group(String(Math.abs(value)))) : formatNumber(value);

/** A share in per cent. Never 0 % or 100 % for what is only nearly so. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return formatNumber(share);
  if (share > 0 && share < 1e-4) return '< 0.01 %';
  if (share < 1 && share > 0.9995) return '> 99.9 %';
  return `${formatNumber(share * 100)} %`;
}

/** A difference of two shares. */
export function formatPoints(difference: number): string {
  const points = formatNumber(difference * 100);
  return `${points} ${/^[\u2212-]?1$/.test(points) ? 'point' : 'points'}`;
}

export const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);

/** `p < 0.0001`, `p = 0.0123`; `name` may be left out. */
export function formatPValue(p: number, name = 'p'): string {
  const [relation, digits] = p < 1e-4 ? ['<', '0.0001'] : ['=', formatNumber(p)];
  return name === '' ? (relation === '<' ? `< ${digits}` : digits!) : `${name} ${relation} ${digits}`;
}

/** A time in UTC and ISO, to the minute where the seconds are zero. Text that is no time is returned as it is. */
export function formatTime(text: string, zone = true): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return text;
  const [date, clock] = new Date(time).toISOString().split('T') as [string, string];
  const short = clock.replace(/\.\d+Z$/, '').replace(/:00$/, '');
  return `${date} ${short}${zone ? ' UTC' : ''}`;
}

export const formatPeriod = (from: string | null, to: string | null): string | null => {
  if (from === null && to === null) return null;
  if (from === null) return `until ${formatTime(to!)}`;
  return to === null ? `from ${formatTime(from)}` : `${formatTime(from, false)} to ${formatTime(to)}`;
};

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? formatCount(bytes) : formatNumber(bytes / 1000 ** power)} ${BYTE_UNITS[power]}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

/** Labels of an axis: short, and with enough digits to tell them apart. */
export function formatTicks(values: number[]): string[] {
  for (let digits = 3; digits < 12; digits++) {
    const labels = values.map((value) => compact(value, digits));
    if (new Set(labels).size === new Set(values).size) return labels;
  }
  return values.map((value) => formatNumber(value, 12));
}

const COMPACT = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
] as const;

function compact(value: number, digits: number): string {
  const size = Math.abs(value);
  const scale = size < 1e12 ? COMPACT.find(([least]) => size >= least) : undefined;
  if (scale === undefined) return formatNumber(value, digits);
  const [least, unit] = scale;
  return formatNumber(value / (least === 1e4 ? 1e3 : least), digits) + unit;
}
