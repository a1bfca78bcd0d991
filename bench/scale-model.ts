import { seededRandom } from '../local/random.ts';
import { priceOf } from './scale-prices.ts';

/** One kind of object, as measured: `npx tsx bench/objects.ts`, and for a million rows `npm run bench`. */
export interface Shape {
  name: string;
  megabytes: number;
  rows: number;
  /** Processor time in one thread, or wall time on two processors where it is spread. */
  seconds: number;
  /** Two and one of them are for telling of the report. */
  gets: number;
  puts: number;
  /** Of what is written, kB. */
  written: number;
}

export const SHAPES: Shape[] = [
  { name: 'data capture, 5,000 rows', megabytes: 2.3, rows: 5000, seconds: 0.73, gets: 5, puts: 7, written: 560 },
  { name: 'Parquet, a million rows, `records` `none`', megabytes: 66, rows: 1_000_000, seconds: 2.2, gets: 5, puts: 7, written: 560 },
];

/** What is assumed, each by its name. */
export const ASSUMED = {
  seed: 1,
  terabytesADay: 1,
  /** Memory of ingest and audit, MB, and /tmp, MB: the defaults. */
  memory: 3538,
  scratch: 4096,
  /** A request to S3 and back, seconds; one after the other. */
  requestSeconds: 0.03,
  /** Of a download by one function, MB a second. */
  downloadMB: 80,
  /** A processor of Lambda (arm64) against one of the machine that was measured. */
  processor: 1,
  /** Durations spread around their mean: the standard deviation of their logarithm. */
  spread: 0.3,
  /** Arrivals follow the sun: the busiest hour against the mean, and what of them comes in the first five minutes of an hour. */
  busiest: 1.5,
  burst: 0.3,
  /** Profiles of one object: it lies within one hour. Each is folded by the hour's and the day's audit, once more by each when labels are due. */
  folds: 4,
  /** `npx tsx bench/fold.ts`: processor seconds to read, fold and judge 10,000 profiles. */
  foldSeconds: 16.6,
  /** Log lines of one object, kB. */
  logKB: 3,
  /** Objects of one batch of a backfill, and state transitions of its child: started, Ingest, Left, Ingested. */
  batch: 25,
  transitions: 4,
  /** Seconds an audit takes besides its profiles, and windows of an endpoint a day: 24 hours and the day, each once more for labels. */
  auditSeconds: 2,
  windowsADay: 50,
  /** Metrics of an endpoint that CloudWatch keeps: `docs/alerts.md`. */
  metrics: 6,
  /** A run of a SageMaker processing job, minutes: the container is started and Spark with it, whatever the data. */
  jobMinutes: 20,
} as const;

const DAY = 86_400;
const bytesInTB = 1e6;

/** Seconds one object takes a function. */
export const secondsOf = ({ megabytes, seconds, gets, puts }: Shape): number =>
  seconds / ASSUMED.processor + megabytes / ASSUMED.downloadMB + (gets + puts) * ASSUMED.requestSeconds;

export interface Simulated {
  objects: number;
  /** Functions that would be at work if none had to wait: in the median second, and at most. */
  busy: { median: number; most: number };
  /** Seconds from arrival to report, with so many functions at once. */
  lag: { functions: number; median: number; p95: number; most: number }[];
}

/** A day of arrivals, served in their order by a number of functions. */
export function simulate(shape: Shape, functions: readonly number[]): Simulated {
  const random = seededRandom(ASSUMED.seed);
  const objects = Math.round((ASSUMED.terabytesADay * bytesInTB) / shape.megabytes);
  const arrivals = Float64Array.from({ length: objects }, () => arrival(random)).sort();
  const services = Float64Array.from({ length: objects }, () => secondsOf(shape) * Math.exp(ASSUMED.spread * normal(random)));
  return { objects, busy: busyOf(arrivals, services), lag: functions.map((count) => lagOf(arrivals, services, count)) };
}

/** Second of the day. Hours are drawn by rejection, then the place within the hour. */
function arrival(random: () => number): number {
  for (;;) {
    const hour = Math.floor(24 * random());
    if (random() * ASSUMED.busiest > 1 + (ASSUMED.busiest - 1) * Math.cos((2 * Math.PI * (hour - 13)) / 24)) continue;
    return hour * 3600 + (random() < ASSUMED.burst ? 300 : 3600) * random();
  }
}

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function busyOf(arrivals: Float64Array, services: Float64Array): Simulated['busy'] {
  const change = new Int32Array(2 * DAY);
  for (let i = 0; i < arrivals.length; i++) {
    change[Math.floor(arrivals[i]!)]!++;
    change[Math.floor(arrivals[i]! + services[i]!) + 1]!--;
  }
  const busy = new Int32Array(DAY);
  for (let second = 0, now = 0; second < DAY; second++) busy[second] = now += change[second]!;
  busy.sort();
  return { median: busy[DAY / 2]!, most: busy[DAY - 1]! };
}

function lagOf(arrivals: Float64Array, services: Float64Array, functions: number): Simulated['lag'][number] {
  const free = new Float64Array(functions);
  const lags = new Float64Array(arrivals.length);
  for (let i = 0; i < arrivals.length; i++) {
    let first = 0;
    for (let each = 1; each < functions; each++) if (free[each]! < free[first]!) first = each;
    free[first] = Math.max(free[first]!, arrivals[i]!) + services[i]!;
    lags[i] = free[first]! - arrivals[i]!;
  }
  lags.sort();
  const at = (share: number): number => lags[Math.floor(share * (lags.length - 1))]!;
  return { functions, median: at(0.5), p95: at(0.95), most: at(1) };
}

/** Dollars for so many seconds of a function. */
const lambda = (seconds: number): number =>
  seconds * ((ASSUMED.memory / 1024) * priceOf('lambda') + ((ASSUMED.scratch - 512) / 1024) * priceOf('lambdaStorage'));

/** Dollars for so many objects, by what they are for. */
export function dollarsOf(shape: Shape, objects: number): Record<string, number> {
  const seconds = objects * secondsOf(shape);
  const folded = objects * ASSUMED.folds;
  const auditSeconds = (folded * ASSUMED.foldSeconds) / 10_000 / ASSUMED.processor;
  return {
    'Lambda, ingest': lambda(seconds) + objects * priceOf('lambdaRequest'),
    'Lambda, audit': lambda(auditSeconds),
    'S3 requests, ingest': objects * (shape.gets * priceOf('s3Get') + shape.puts * priceOf('s3Put')),
    'S3 requests, audit': folded * 2 * priceOf('s3Get'),
    'SQS: sent, received, deleted': objects * 3 * priceOf('sqs'),
    'EventBridge: an event for each report': objects * priceOf('event'),
    'CloudWatch Logs': (objects * ASSUMED.logKB * priceOf('logs')) / 1e6,
    'S3 storage of what is written, a month of it': (objects * shape.written * priceOf('s3Storage')) / 1e6,
  };
}

/** What a backfill adds: its children's state transitions, instead of the queue. */
export const backfillDollars = (objects: number): number =>
  Math.ceil(objects / ASSUMED.batch) * ASSUMED.transitions * priceOf('transition') - objects * 3 * priceOf('sqs');

/** An endpoint's month: at least an object an hour, each paid as one of 5,000 rows, and its windows, a message and a call each. */
export function endpointDollars(shape: Shape, rowsADay: number): number {
  const objects = 30 * Math.max(24, rowsADay / shape.rows);
  const windows = 30 * ASSUMED.windowsADay;
  const audits = lambda(windows * ASSUMED.auditSeconds) + windows * (3 * priceOf('sqs') + priceOf('lambdaRequest'));
  return Object.values(dollarsOf(shape, objects)).reduce((sum, each) => sum + each, audits + ASSUMED.metrics * priceOf('metric'));
}

/** A month of processing jobs, so many runs a day. */
export const jobDollars = (instance: 'm5large' | 'm5xlarge', runsADay: number): number =>
  (30 * runsADay * ASSUMED.jobMinutes * priceOf(instance)) / 60;
