import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { MetricRow, Report } from '../layers/quality/contract/report.ts';
import { benchFile, FLAGS, FOLDER, REFERENCE_ROWS } from './data.ts';
import { type Measured, measure, median } from './measure.ts';

/**
 * What accuracy and fairness cost, and whether their values are those of other libraries: `npm run build && npx tsx bench/outcomes.ts`.
 *
 * 1 and 10 million labelled rows under .assay/bench, each against a baseline of 200,000 rows that is made first: `assay check --problem none`
 * (columns alone), the same with accuracy, 3 facets and 5 segments, and, where OUTCOMES_PYTHON names a Python that has scikit-learn, Fairlearn,
 * pandas and pyarrow, bench/outcomes.py, which computes the same metrics of the same file, without columns, baseline, tests or intervals.
 * Median of OUTCOMES_RUNS (3) fresh processes each, in turn; OUTCOMES_ROWS (10,000,000) is the most rows, OUTCOMES_PYTHON_ROWS (1,000,000) the
 * most for Python: a MetricFrame takes it 2 to 4 processor's seconds for each metric, column and million rows. On a busy machine the processor's
 * seconds say more than the clock's. Then the largest difference between the values of both. OUTCOMES_EARLIER names another checkout, built, whose
 * check of the same file stands beside: of one without accuracy and fairness (3a58c90 is the last) what they cost in all.
 */
const RUNS = Number(process.env.OUTCOMES_RUNS ?? 3);
const MOST_ROWS = Number(process.env.OUTCOMES_ROWS ?? 10_000_000);
const PYTHON = process.env.OUTCOMES_PYTHON;
const MOST_PYTHON_ROWS = Number(process.env.OUTCOMES_PYTHON_ROWS ?? 1_000_000);
const EARLIER = process.env.OUTCOMES_EARLIER;
const byPython = (rows: number): boolean => PYTHON !== undefined && rows <= MOST_PYTHON_ROWS;
const SIZES = [1_000_000, 10_000_000].filter((rows) => rows <= MOST_ROWS);
const toolOf = (checkout: string): string => join(checkout, 'bin/assay.js');
const ASSAY = toolOf(join(import.meta.dirname, '..'));
const SCRIPT = join(import.meta.dirname, 'outcomes.py');
const OUT = join(FOLDER, 'outcomes');

const FACETS = ['sex', 'region', 'age=..30'];
const SEGMENTS = ['product', 'branch', 'region', 'sex', 'visits'];
const WITHOUT = ['--problem', 'none'];
const WITH = [...FACETS.flatMap((facet) => ['--facet', facet]), ...SEGMENTS.flatMap((segment) => ['--segment', segment])];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
const seconds = (value: number): string => (Number.isNaN(value) ? '–' : `${value.toFixed(2)} s`);
const memory = (megabytes: number): string => `${megabytes.toFixed(0)} MB`;

interface Step {
  name: string;
  run(out: string): Promise<Measured>;
}

const checkStep = (name: string, file: string, baseline: string, flags: string[], tool = ASSAY): Step => ({
  name,
  run: (out) =>
    measure([tool, 'check', file, '--baseline', baseline, ...FLAGS, ...flags, '--quiet', '--fail-on', 'never', '--out', join(OUT, out)]),
});

async function makeBaseline(name: string, flags: string[], tool = ASSAY): Promise<string> {
  const reference = await benchFile('reference', REFERENCE_ROWS, 1);
  const folder = join(OUT, name);
  const { seconds: took, peakMB } = await measure([tool, 'baseline', reference, '--out', folder, ...FLAGS, ...flags]);
  say(`${name}: ${seconds(took)}, ${memory(peakMB)}`);
  return folder;
}

interface Baselines {
  without: string;
  with: string;
  earlier: string | null;
}

/** Every step once per run, in turn, so that a busy moment of the machine meets all of them. */
async function measureSize(rows: number, baselines: Baselines): Promise<Record<string, Measured>> {
  const file = await benchFile('rows', rows, 2);
  const steps: Step[] = [
    checkStep('check --problem none', file, baselines.without, WITHOUT),
    checkStep('check with outcomes', file, baselines.with, WITH),
    ...(baselines.earlier === null ? [] : [checkStep('earlier check', file, baselines.earlier, [], toolOf(EARLIER!))]),
    ...(byPython(rows)
      ? [{ name: 'scikit-learn, Fairlearn', run: (out: string) => measure([SCRIPT, file, join(OUT, `${out}.json`)], PYTHON) }]
      : []),
  ];
  const measured: Record<string, Measured[]> = {};
  for (let run = 0; run < RUNS; run++)
    for (const { name, run: once } of steps) (measured[name] ??= []).push(await once(`${name.replaceAll(/\W+/g, '-')}-${rows}`));
  return Object.fromEntries(Object.entries(measured).map(([name, runs]) => [name, median(runs)]));
}

interface Reference {
  overall: Record<string, number>;
  groups: Record<string, Record<string, Record<string, number>>>;
}

interface Compared {
  what: string;
  ours: number[];
  theirs: number[];
}

const valueIn = (metrics: MetricRow[], of: Partial<MetricRow>): number | null => {
  const found = metrics.find(
    (each) =>
      each.metric === of.metric &&
      each.segment === (of.segment ?? null) &&
      each.facet === (of.facet ?? null) &&
      each.code === undefined &&
      Object.keys(each.parameters).length === 0,
  );
  return typeof found?.value === 'number' ? found.value : null;
};

/** How reports name a group of Fairlearn's frame. */
function groupName(column: string, group: string): string | null {
  if (column === 'age ≤ 30') return group === 'True' ? column : null;
  return group === 'missing' ? `${column} missing` : `${column}=${group}`;
}

/** Every value that both have: over all rows, and each group's rates, as facets and as segments. */
function compare({ metrics }: Report, { overall, groups }: Reference): Compared[] {
  const compared = new Map<string, Compared>();
  const add = (what: string, ours: number | null, theirs: number): void => {
    if (ours === null) return;
    const into = compared.get(what) ?? { what, ours: [], theirs: [] };
    into.ours.push(ours);
    into.theirs.push(theirs);
    compared.set(what, into);
  };
  for (const [metric, value] of Object.entries(overall)) add(metric, valueIn(metrics, { metric, factor: 'accuracy' }), value);
  const entries = Object.entries(groups).flatMap(([column, of]) =>
    Object.entries(of).map(([group, rates]) => ({ name: groupName(column, group), rates })),
  );
  for (const { name, rates } of entries) {
    if (name === null) continue;
    const [selected, found, wrong] = [rates.selection_rate!, rates.true_positive_rate!, rates.false_positive_rate!];
    for (const [metric, value] of Object.entries(rates))
      add(`${metric} of facets' groups`, valueIn(metrics, { metric, facet: name }), value);
    add('selection_rate of segments', valueIn(metrics, { metric: 'selection_rate', segment: name }), selected);
    add('recall of segments', valueIn(metrics, { metric: 'recall', segment: name }), found);
    add('specificity of segments', valueIn(metrics, { metric: 'specificity', segment: name }), 1 - wrong);
  }
  return [...compared.values()];
}

function sayCompared(rows: number): void {
  const read = <T>(path: string): T => JSON.parse(readFileSync(join(OUT, path), 'utf8')) as T;
  const compared = compare(
    read<Report>(join(`check-with-outcomes-${rows}`, 'report.json')),
    read<Reference>(`scikit-learn-Fairlearn-${rows}.json`),
  );
  say('');
  say(row([`values of ${rows.toLocaleString('en')} rows`, 'compared', 'Assay', 'the others', 'largest difference']));
  say(row(Array(5).fill('---')));
  for (const { what, ours, theirs } of compared) {
    const one = ours.length === 1;
    const largest = Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!)));
    say(row([what, ours.length, one ? ours[0]! : '', one ? theirs[0]! : '', largest.toExponential(1)]));
  }
}

async function main(): Promise<void> {
  if (!existsSync(ASSAY)) throw new Error('bin/assay.js is not there: npm run build');
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  say(`${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gigabytes} GB, Node ${process.version}, median of ${RUNS} runs`);
  say(`load before: ${loadavg()[0]!.toFixed(1)}; ${FACETS.length} facets, ${SEGMENTS.length} segments`);
  if (PYTHON === undefined) say('OUTCOMES_PYTHON does not name a Python with scikit-learn and Fairlearn: they are left out');
  const baselines = {
    without: await makeBaseline('baseline-without', WITHOUT),
    with: await makeBaseline('baseline-with', WITH),
    earlier: EARLIER === undefined ? null : await makeBaseline('baseline-earlier', [], toolOf(EARLIER)),
  };
  say(row(['rows', '', 'seconds', "processor's seconds", 'peak memory', 'seconds, ratio', "processor's, ratio"]));
  say(row(Array(7).fill('---')));
  for (const rows of SIZES) {
    const measured = await measureSize(rows, baselines);
    const first = Object.values(measured)[0]!;
    for (const [name, { seconds: took, cpuSeconds, peakMB }] of Object.entries(measured)) {
      const ratios = [took / first.seconds, cpuSeconds / first.cpuSeconds].map((ratio) => (Number.isNaN(ratio) ? '–' : ratio.toFixed(2)));
      say(row([rows.toLocaleString('en'), name, seconds(took), seconds(cpuSeconds), memory(peakMB), ...ratios]));
    }
  }
  for (const rows of SIZES.filter(byPython)) sayCompared(rows);
  rmSync(OUT, { recursive: true, force: true });
}

await main();
