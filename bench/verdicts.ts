import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { wilsonInterval } from '../layers/quality/math/wilson-interval.ts';
import { openLab } from '../test/simulation/lab.ts';
import {
  CAUSES,
  DATA,
  driftTrials,
  HALF,
  hasData,
  loanDriftTrials,
  POPULATION,
  plantedTrials,
  populationBaseline,
  sampleTrials,
  type Trial,
  unchangedTrials,
} from '../test/simulation/trials.ts';

/**
 * How often verdicts are wrong, as tables: `npx tsx bench/verdicts.ts`. VERDICTS_TRIALS reports each (200), VERDICTS_SEED (1),
 * VERDICTS_PROCESSES at a time (2), VERDICTS_ONLY experiments by the start of their name.
 */
const TRIALS = Number(process.env.VERDICTS_TRIALS ?? 200);
const SEED = Number(process.env.VERDICTS_SEED ?? 1);
const PROCESSES = Number(process.env.VERDICTS_PROCESSES ?? 2);
const ONLY = process.env.VERDICTS_ONLY ?? '';
/** Set in the processes that run one experiment each. */
const MEMBER = process.env.VERDICTS_EXPERIMENT;

type Lab = Awaited<ReturnType<typeof openLab>>;
interface Experiment {
  name: string;
  expected: 'none fail' | 'all fail' | 'found';
  needsData?: boolean;
  run(lab: Lab): Promise<Trial[]>;
}

const population =
  (
    change: Partial<typeof POPULATION>,
    run: (lab: Lab, baseline: Awaited<ReturnType<typeof populationBaseline>>, options: typeof POPULATION) => Promise<Trial[]>,
  ) =>
  async (lab: Lab): Promise<Trial[]> => {
    const options = { ...POPULATION, seed: SEED, ...change };
    return run(lab, await populationBaseline(lab, options), options);
  };
const unchanged = (change: Partial<typeof POPULATION>, window: Parameters<typeof unchangedTrials>[4] = {}): Experiment['run'] =>
  population(change, (lab, baseline, options) => unchangedTrials(lab, baseline, options, TRIALS, window));
const sample =
  (name: 'adult' | 'car_loan_reference', rows: number): Experiment['run'] =>
  (lab) =>
    sampleTrials(lab, name, rows, TRIALS, SEED);

/** The longest first. */
const EXPERIMENTS: Experiment[] = [
  { name: 'halves of the car loans', expected: 'none fail', needsData: true, run: sample('car_loan_reference', HALF.car_loan_reference) },
  { name: 'halves of adult', expected: 'none fail', needsData: true, run: sample('adult', HALF.adult) },
  { name: 'the rest of adult after 5,000 rows', expected: 'none fail', needsData: true, run: sample('adult', 5000) },
  { name: 'the rest of adult after 1,000 rows', expected: 'none fail', needsData: true, run: sample('adult', 1000) },
  { name: 'hours of 300 to 20,000 rows', expected: 'none fail', run: unchanged({}) },
  { name: 'hours, cycles three times as strong', expected: 'none fail', run: unchanged({ cycle: 0.3 }) },
  { name: 'hours, no cycles', expected: 'none fail', run: unchanged({ cycle: 0 }) },
  { name: 'hours, a baseline of 300 rows an hour', expected: 'none fail', run: unchanged({ hourRows: 300 }) },
  { name: 'six hours at a time', expected: 'none fail', run: unchanged({}, { hours: 6 }) },
  { name: 'days', expected: 'none fail', run: unchanged({}, { hours: 24, rows: [1000, 20_000] }) },
  {
    name: 'one planted change',
    expected: 'found',
    run: population({}, (lab, baseline, options) => plantedTrials(lab, baseline, options, TRIALS)),
  },
  {
    name: 'four columns moved together',
    expected: 'all fail',
    run: population({}, (lab, baseline, options) => driftTrials(lab, baseline, options, TRIALS)),
  },
  { name: 'the later car loans', expected: 'all fail', needsData: true, run: (lab) => loanDriftTrials(lab, TRIALS, 5000, SEED) },
];

interface Outcome {
  trials: Trial[];
  seconds: number;
}

/** One experiment in a process of its own; what it found comes back as JSON. */
const runApart = (index: number): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, import.meta.filename], {
      env: { ...process.env, VERDICTS_EXPERIMENT: String(index) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`${EXPERIMENTS[index]!.name}: ended with ${code}`)),
    );
  });

async function runMember(index: number): Promise<void> {
  const began = performance.now();
  const lab = await openLab(hasData() ? [DATA] : []);
  try {
    const trials = await EXPERIMENTS[index]!.run(lab);
    process.stdout.write(JSON.stringify({ trials, seconds: (performance.now() - began) / 1000 } satisfies Outcome));
  } finally {
    lab.close();
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const counted = (hits: number, trials: number): string => {
  const [low, high] = wilsonInterval(hits, trials);
  return `${hits} of ${trials} (${percent(low)} to ${percent(high)})`;
};
const count = (trials: Trial[], verdict: Trial['verdict']): number => trials.filter((trial) => trial.verdict === verdict).length;

function mostFrequent(trials: Trial[]): string {
  const counts = new Map<string, number>();
  for (const id of trials.flatMap(({ alarms }) => alarms)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3);
  return top.map(([id, times]) => `${id} ${times}`).join(', ');
}

function sayPlanted(trials: Trial[]): void {
  const planted = trials.map((trial) => trial.planted!);
  say('');
  say(row(['planted', 'found', 'first', 'cause right']));
  say(row(Array(4).fill('---')));
  const line = (name: string, of: typeof planted): void =>
    say(row([name, ...(['found', 'first', 'right'] as const).map((key) => counted(of.filter((one) => one[key]).length, of.length))]));
  for (const kind of Object.keys(CAUSES))
    line(
      kind,
      planted.filter((one) => one.kind === kind),
    );
  line('**all**', planted);
  for (const { kind, column, cause, right } of planted.filter(({ right }) => !right))
    if (!right) say(`  ${kind} in ${column}: ${cause ?? 'not found'}`);
}

async function main(): Promise<void> {
  const data = hasData();
  say(`${TRIALS} reports each, seed ${SEED}; ${cpus().length} cores, Node ${process.version}; counts with Wilson's 95 % bounds`);
  if (!data) say(`${DATA} is not there: experiments with the data sets are left out`);
  const chosen = EXPERIMENTS.flatMap((experiment, index) =>
    experiment.name.startsWith(ONLY) && (data || !experiment.needsData) ? [index] : [],
  );
  const outcomes = new Map<number, Outcome>();
  const waiting = [...chosen];
  const runNext = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      outcomes.set(index, await runApart(index));
      process.stderr.write(`${EXPERIMENTS[index]!.name}: ${outcomes.get(index)!.seconds.toFixed(0)} s\n`);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, runNext));
  say(row(['experiment', 'expected', 'fail', 'warn', 'most frequent alarms', 'seconds']));
  say(row(Array(6).fill('---')));
  for (const index of chosen) {
    const { name, expected } = EXPERIMENTS[index]!;
    const { trials, seconds } = outcomes.get(index)!;
    say(
      row([name, expected, counted(count(trials, 'fail'), trials.length), count(trials, 'warn'), mostFrequent(trials), seconds.toFixed(0)]),
    );
  }
  for (const index of chosen) if (EXPERIMENTS[index]!.expected === 'found') sayPlanted(outcomes.get(index)!.trials);
}

await (MEMBER === undefined ? main() : runMember(Number(MEMBER)));
