import { UsageError } from '../contract/errors.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The length of a monitor's windows: `1h`, `6h`, `1d`. */
export interface WindowLength {
  count: number;
  unit: 'h' | 'd';
}

export function parseWindow(text: string): WindowLength {
  const found = /^([1-9]\d{0,2})([hd])$/.exec(text);
  if (found === null) throw new UsageError(`windows: expected hours or days as "1h" or "1d", got "${text}"`);
  return { count: Number(found[1]), unit: found[2] as 'h' | 'd' };
}

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds. */
export function parseDuration(text: string, key: string): number {
  const found = DURATION.exec(text);
  if (found === null || /[PT]$/.test(text))
    throw new UsageError(`${key}: expected an ISO 8601 duration as "PT15M" or "P7D", got "${text}"`);
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (weeks * 7 + days) * DAY + hours * HOUR + minutes * 60_000 + seconds * 1000;
}

/** The last border between windows at or before a time. Days begin in the time zone, on the hour: profiles are kept by hour. */
export function borderBefore({ count, unit }: WindowLength, time: number, zone: string): number {
  if (unit === 'h') return Math.floor(time / (count * HOUR)) * count * HOUR;
  const day = dayNumber(time, zone);
  return dayStart(Math.floor(day / count) * count, zone);
}

/** The local calendar day of a time, in days since 1970-01-01. */
const dayNumber = (time: number, zone: string): number => Math.floor(localTime(time, zone) / DAY);

/** When a calendar day begins, to the full hour before where zones are no whole hours apart. */
function dayStart(day: number, zone: string): number {
  const wanted = day * DAY;
  let start = wanted;
  for (let i = 0; i < 3; i++) start = wanted - (localTime(start, zone) - start);
  return Math.floor(start / HOUR) * HOUR;
}

/** What a clock in the zone shows, as if it were UTC. */
function localTime(time: number, zone: string): number {
  if (zone === 'UTC') return time;
  const parts = new Map<string, number>(
    formatFor(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: string): number => parts.get(type)!;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format !== undefined) return format;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  try {
    format = new Intl.DateTimeFormat('en-US', { ...numeric, hourCycle: 'h23', timeZone });
  } catch {
    throw new UsageError(`timeZone: expected a name as "Europe/Berlin", got "${timeZone}"`);
  }
  formats.set(timeZone, format);
  return format;
}
