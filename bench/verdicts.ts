import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { wilsonInterval } from '../layers/quality/math/wilson-interval.ts';
import { classScoreCoverage } from '../test/simulation/class-score-coverage.ts';
import { type Coverage, shareCoverage } from '../test/simulation/coverage.ts';
import { OUTCOME_CHANGES } from '../test/simulation/credit.ts';
import { classCoverage, gapCoverage, groupCoverage } from '../test/simulation/group-coverage.ts';
import { openLab } from '../test/simulation/lab.ts';
import {
  creditBaseline,
  ESTIMATED,
  type EstimateTrial,
  estimateTrials,
  plantedOutcomes,
  unchangedOutcomes,
} from '../test/simulation/outcome-trials.ts';
import { scoreCoverage } from '../test/simulation/score-coverage.ts';
import {
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
 * VERDICTS_PROCESSES at a time (2), VERDICTS_ONLY experiments by the start of their name: `outcomes` those of accuracy and fairness,
 * `estimates`, `intervals`. VERDICTS_TABLES tables that each interval is tried on (1,000).
 */
const TRIALS = Number(process.env.VERDICTS_TRIALS ?? 200);
const SEED = Number(process.env.VERDICTS_SEED ?? 1);
const PROCESSES = Number(process.env.VERDICTS_PROCESSES ?? 2);
const TABLES = Number(process.env.VERDICTS_TABLES ?? 1000);
const ONLY = process.env.VERDICTS_ONLY ?? '';
/** Set in the processes that run one experiment each. */
const MEMBER = process.env.VERDICTS_EXPERIMENT;

type Lab = Awaited<ReturnType<typeof openLab>>;
interface Experiment {
  name: string;
  expected: 'none fail' | 'all fail' | 'found' | 'near' | 'hold';
  needsData?: boolean;
  run(lab: Lab): Promise<Trial[] | Omit<Outcome, 'seconds'>>;
}

interface Outcome {
  trials: Trial[];
  estimates?: EstimateTrial[];
  coverage?: Coverage[];
  seconds: number;
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
const credit =
  <T>(run: (lab: Lab, baseline: Awaited<ReturnType<typeof creditBaseline>>, options: typeof POPULATION) => Promise<T>) =>
  async (lab: Lab): Promise<T> => {
    const options = { ...POPULATION, seed: SEED };
    return run(lab, await creditBaseline(lab, options), options);
  };
const sample =
  (name: 'adult' | 'car_loan_reference', rows: number): Experiment['run'] =>
  (lab) =>
    sampleTrials(lab, name, rows, TRIALS, SEED);

/** The longest first. */
const EXPERIMENTS: Experiment[] = [
  ...OUTCOME_CHANGES.map(
    (kind): Experiment => ({
      name: `outcomes: planted, ${kind}`,
      expected: 'found',
      run: credit((lab, baseline, options) => plantedOutcomes(lab, baseline, options, TRIALS, { kinds: [kind] })),
    }),
  ),
  {
    name: 'outcomes: unchanged hours with labels',
    expected: 'none fail',
    run: credit((lab, baseline, options) => unchangedOutcomes(lab, baseline, options, TRIALS, { labels: true })),
  },
  {
    name: 'outcomes: unchanged hours before labels',
    expected: 'none fail',
    run: credit((lab, baseline, options) => unchangedOutcomes(lab, baseline, options, TRIALS, { labels: false })),
  },
  {
    name: 'estimates: unchanged hours',
    expected: 'near',
    run: credit((lab, baseline, options) => estimateTrials(lab, baseline, options, TRIALS)),
  },
  {
    name: 'estimates: hours of longer tenure',
    expected: 'near',
    run: credit((lab, baseline, options) => estimateTrials(lab, baseline, options, TRIALS, { tenure: 0.8 })),
  },
  {
    name: 'intervals: calibration errors',
    expected: 'hold',
    run: async () => ({ trials: [], coverage: scoreCoverage({ tables: TABLES, seed: SEED }, ['expected_calibration_error']) }),
  },
  {
    name: 'intervals: scores',
    expected: 'hold',
    run: async () => ({ trials: [], coverage: scoreCoverage({ tables: TABLES, seed: SEED }) }),
  },
  {
    name: 'intervals: groups and classes',
    expected: 'hold',
    run: async () => {
      const options = { tables: TABLES, seed: SEED };
      return {
        trials: [],
        coverage: [...groupCoverage(options), ...gapCoverage(options), ...classCoverage(options), ...classScoreCoverage(options)],
      };
    },
  },
  {
    name: 'intervals: shares',
    expected: 'hold',
    run: async () => ({ trials: [], coverage: shareCoverage({ tables: TABLES, seed: SEED }) }),
  },
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
    const found = await EXPERIMENTS[index]!.run(lab);
    const result = Array.isArray(found) ? { trials: found } : found;
    process.stdout.write(JSON.stringify({ ...result, seconds: (performance.now() - began) / 1000 } satisfies Outcome));
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

function mostFrequent(ids: string[], most = 3): string {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
  return top.map(([id, times]) => `${id} ${times}`).join(', ');
}

function sayPlanted(trials: Trial[]): void {
  const planted = trials.map((trial) => trial.planted!);
  const kinds = [...new Set(planted.map(({ kind }) => kind))];
  say('');
  say(row(['planted', 'found', 'first', 'cause right']));
  say(row(Array(4).fill('---')));
  const line = (name: string, of: typeof planted): void =>
    say(row([name, ...(['found', 'first', 'right'] as const).map((key) => counted(of.filter((one) => one[key]).length, of.length))]));
  for (const name of kinds)
    line(
      name,
      planted.filter(({ kind }) => kind === name),
    );
  if (kinds.length > 1) line('**all**', planted);
  const wrong = planted.filter(({ right, first }) => !right || !first).map(({ kind, column, cause }) => `${kind}: ${column} (${cause})`);
  if (wrong.length > 0) say(`named instead: ${mostFrequent(wrong, 12)}`);
}

const points = (value: number): string => (100 * value).toFixed(2);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How near estimates are to what came of the labels, in points, and how often that lay within the printed interval. */
function sayEstimates(name: string, estimates: EstimateTrial[]): void {
  const side = ['mean error', 'mean distance', 'within interval'];
  say('');
  say(row([name, 'windows', ...side, 'weighted', ...side, 'plain distance, of these']));
  say(row(Array(10).fill('---')));
  for (const metric of ESTIMATED) {
    const all = estimates.filter((one) => one.metric === metric && one.plain !== null);
    const sideOf = (of: { value: number; low: number; high: number; truth: number }[]): (string | number)[] =>
      of.length === 0
        ? [0, '–', '–', '–']
        : [
            of.length,
            points(mean(of.map(({ value, truth }) => value - truth))),
            points(mean(of.map(({ value, truth }) => Math.abs(value - truth)))),
            counted(of.filter(({ low, high, truth }) => truth >= low && truth <= high).length, of.length),
          ];
    const plain = all.map(({ plain, low, high, truth }) => ({ value: plain!, low: low ?? -1, high: high ?? -1, truth }));
    const shifted = all.filter(({ weighted }) => weighted !== null);
    const weighted = shifted.map(({ weighted, truth }) => ({ ...weighted!, truth }));
    const unweighted = shifted.map(({ plain, truth }) => Math.abs(plain! - truth));
    say(row([metric, ...sideOf(plain), ...sideOf(weighted), unweighted.length === 0 ? '–' : points(mean(unweighted))]));
  }
}

const three = (value: number): string => value.toPrecision(3);

function sayCoverage(coverage: Coverage[]): void {
  say('');
  say(row(['interval', 'of', 'rows', 'truth', 'holds it', 'all below', 'all above', 'none printed', 'mean width']));
  say(row(Array(9).fill('---')));
  for (const { interval, of, rows, truth, tables, held, below, above, none, width } of coverage) {
    const printed = tables - none;
    const share = (hits: number): string => (printed === 0 ? '–' : percent(hits / printed));
    say(row([interval, of, rows, three(truth), share(held), share(below), share(above), none, printed === 0 ? '–' : three(width)]));
  }
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
  say(row(['experiment', 'expected', 'fail', 'warn', 'most frequent alarms', 'failing checks', 'seconds']));
  say(row(Array(7).fill('---')));
  for (const index of chosen) {
    const { name, expected } = EXPERIMENTS[index]!;
    const { trials, seconds } = outcomes.get(index)!;
    if (trials.length === 0) continue;
    const [alarms, failing] = [trials.flatMap((trial) => trial.alarms), trials.flatMap((trial) => trial.failing)];
    const fails = counted(count(trials, 'fail'), trials.length);
    say(row([name, expected, fails, count(trials, 'warn'), mostFrequent(alarms), mostFrequent(failing), seconds.toFixed(0)]));
  }
  const planted = chosen.filter((index) => EXPERIMENTS[index]!.expected === 'found');
  const ofOutcomes = (index: number): boolean => EXPERIMENTS[index]!.name.startsWith('outcomes');
  for (const side of [planted.filter((index) => !ofOutcomes(index)), planted.filter(ofOutcomes)])
    if (side.length > 0) sayPlanted(side.flatMap((index) => outcomes.get(index)!.trials));
  for (const index of chosen) {
    const { estimates, coverage } = outcomes.get(index)!;
    if (estimates !== undefined) sayEstimates(EXPERIMENTS[index]!.name, estimates);
    if (coverage !== undefined) sayCoverage(coverage);
  }
}

await (MEMBER === undefined ? main() : runMember(Number(MEMBER)));
