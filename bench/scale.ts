import {
  ASSUMED,
  backfillDollars,
  dollarsOf,
  endpointDollars,
  jobDollars,
  SHAPES,
  type Shape,
  secondsOf,
  simulate,
} from './scale-model.ts';
import { PRICES } from './scale-prices.ts';

/** The tables of docs/scale.md: a terabyte a day simulated, and what it costs. */
const FUNCTIONS = [10, 20, 40];
const ROWS_A_DAY = [10_000, 120_000, 1_000_000, 10_000_000];

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const money = (value: number): string => `$${value >= 100 ? whole(value) : value >= 0.1 ? value.toFixed(2) : Number(value.toPrecision(2))}`;
const time = (seconds: number): string => (seconds < 60 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(0)} min`);
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const sum = (values: Record<string, number>): number => Object.values(values).reduce((all, each) => all + each, 0);

const objectsOf = ({ megabytes }: Shape): number => Math.round((ASSUMED.terabytesADay * 1e6) / megabytes);
const perMillion = (shape: Shape): number => (sum(dollarsOf(shape, 1)) / shape.rows) * 1e6;

function load(): string {
  const rows = SHAPES.flatMap((shape) => {
    const { objects, busy, lag } = simulate(shape, FUNCTIONS);
    const facts = [shape.name, whole(objects), whole(objects * shape.rows), time(secondsOf(shape)), `${busy.median}, ${busy.most}`];
    return lag.map(({ functions, median, p95, most }, i) => [
      ...(i === 0 ? facts : facts.map(() => '')),
      String(functions),
      `${time(median)}, ${time(p95)}, ${time(most)}`,
    ]);
  });
  const head = ['objects', 'a day', 'rows a day', 'each takes', 'functions busy: median, most', '`maxConcurrency`'];
  return table([...head, 'arrival to report: median, p95, most'], rows);
}

function requests(): string {
  const rows = SHAPES.map((shape) => {
    const { objects, busy } = simulate(shape, []);
    const rate = (each: number): string =>
      `${((objects * each) / 86_400).toFixed(1)}, ${((busy.most * each) / secondsOf(shape)).toFixed(0)}`;
    return [shape.name, rate(shape.gets), rate(shape.puts), rate(1)];
  });
  return table(['a second: mean, most', 'GET and HEAD', 'PUT and LIST', 'events'], rows);
}

function costs(): string {
  const days = SHAPES.map((shape) => dollarsOf(shape, objectsOf(shape)));
  const rows = Object.keys(days[0]!).map((name) => [name, ...days.map((day) => money(day[name]!))]);
  return table(
    ['dollars a day', ...SHAPES.map(({ name }) => name)],
    [...rows, ['**all**', ...days.map((day) => `**${money(sum(day))}**`)]],
  );
}

const rowsSheet = (): string =>
  table(
    ['objects', 'dollars a million rows', 'a backfill adds'],
    SHAPES.map((shape) => [shape.name, money(perMillion(shape)), money(backfillDollars(1e6) / shape.rows)]),
  );

function endpointSheet(): string {
  const [small] = SHAPES as [Shape];
  const jobs = [jobDollars('m5large', 24), jobDollars('m5xlarge', 24), jobDollars('m5xlarge', 1)].map(money);
  return table(
    ['rows a day', 'Assay: each object, hour and day', 'hourly jobs, ml.m5.large', 'hourly jobs, ml.m5.xlarge', 'daily jobs, ml.m5.xlarge'],
    ROWS_A_DAY.map((rowsADay) => [whole(rowsADay), money(endpointDollars(small, rowsADay)), ...jobs]),
  );
}

const assumptions = (): string =>
  table(
    ['assumption', 'value'],
    Object.entries(ASSUMED).map(([name, value]) => [`\`${name}\``, String(value)]),
  );

const prices = (): string =>
  table(
    ['price, us-east-1, on demand', 'dollars', 'source, and when it held'],
    Object.values(PRICES).map(({ what, dollars, per, unit, source, of }) => [
      what,
      `${dollars} for ${whole(per)} ${unit}`,
      `<${source}>, ${of}`,
    ]),
  );

/** By name, each as docs/scale.md holds it. */
export const tables = { load, requests, costs, rowsSheet, endpointSheet, assumptions, prices };

if (process.argv[1] === import.meta.filename)
  for (const [name, make] of Object.entries(tables)) process.stdout.write(`${name}\n\n${make()}\n\n`);
