import { Random } from '../../examples/credit-risk/random.ts';
import type { Cause, Report } from '../../layers/quality/contract/report.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import {
  CREDIT_HINTS,
  CREDIT_OUTCOMES,
  type CreditOptions,
  creditWindow,
  OUTCOME_CHANGES,
  OUTCOME_NAMES,
  type OutcomeChange,
  outcomeChanged,
  outcomesOf,
  unlabelled,
} from './credit.ts';
import type { Lab } from './lab.ts';
import type { Window } from './population.ts';
import { checkWindows, laterHour, type PopulationOptions, rowsOf, type Trial, trialOf } from './trials.ts';
import { truthOf } from './truth.ts';

export async function creditBaseline(lab: Lab, options: PopulationOptions): Promise<Baseline> {
  const hours = Array.from({ length: options.days * 24 }, (_, hour) => windowAt(options, hour, rowsOf(hour, options.hourRows)));
  const path = await lab.windows(hours);
  const baseline = await lab.baseline(path, CREDIT_HINTS, CREDIT_OUTCOMES);
  lab.discard(path);
  return baseline;
}

const windowAt = ({ seed, cycle }: PopulationOptions, hour: number, rows: number, more: Partial<CreditOptions> = {}): Window =>
  creditWindow({ seed, hour, rows, cycle, ...more });

export interface HourTrials {
  labels: boolean;
  rows?: [number, number];
  /** See CreditOptions. */
  tenure?: number;
}

/** A later hour of the trial, and how many rows it has: evenly in the logarithm. */
function hourOf(options: PopulationOptions, trial: number, salt: number, rows: [number, number]): { hour: number; size: number } {
  const random = new Random(options.seed, salt, trial);
  const hour = laterHour(options, random);
  return { hour, size: Math.round(rows[0] * (rows[1] / rows[0]) ** random.uniform()) };
}

const WIDE: [number, number] = [300, 20_000];

/** Unchanged hours, judged with their labels or before these came. */
export async function unchangedOutcomes(
  lab: Lab,
  baseline: Baseline,
  options: PopulationOptions,
  trials: number,
  { labels, rows = WIDE }: HourTrials,
): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const { hour, size } = hourOf(options, trial, labels ? 81 : 82, rows);
    const window = windowAt(options, hour, size);
    done.push(trialOf(await checkWindows(lab, baseline, [labels ? window : unlabelled(window)])));
  }
  return done;
}

/** Causes of findings that are about outcomes. */
const OF_OUTCOMES: Cause[] = ['performance_drop', 'estimated_drop', 'missing_labels', 'disparity'];

/** One planted change of outcomes in an hour of `rows` rows, the kinds in turn. */
export async function plantedOutcomes(
  lab: Lab,
  baseline: Baseline,
  options: PopulationOptions,
  trials: number,
  { rows = 5000, kinds = OUTCOME_CHANGES }: { rows?: number; kinds?: readonly OutcomeChange[] } = {},
): Promise<Trial[]> {
  const done: Trial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const kind = kinds[trial % kinds.length]!;
    const hour = laterHour(options, new Random(options.seed, 83, Math.floor(trial / kinds.length)));
    const { seed, cycle } = options;
    const report = await checkWindows(lab, baseline, [outcomeChanged({ seed, hour, rows, cycle }, kind, trial)]);
    done.push({ ...trialOf(report), planted: plantedIn(report, kind) });
  }
  return done;
}

function plantedIn({ findings }: Report, kind: OutcomeChange): NonNullable<Trial['planted']> {
  const { cause, check, names } = OUTCOME_NAMES[kind];
  const first = findings.find((finding) => OF_OUTCOMES.includes(finding.cause));
  return {
    ...{ kind, column: first?.id ?? 'nothing', cause: first?.cause ?? null },
    found: findings.some((finding) => finding.cause === cause && finding.checks.some((id) => check.test(id))),
    first: first?.cause === cause && names.test(first.id),
    right: first?.cause === cause,
  };
}

/** An estimate as a report prints it beside what came of the labels it did not see. */
export interface EstimateTrial {
  rows: number;
  metric: string;
  truth: number;
  plain: number | null;
  low: number | null;
  high: number | null;
  /** Null where inputs have not shifted so far that estimates are weighted. */
  weighted: { value: number; low: number; high: number } | null;
}

export const ESTIMATED = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision'] as const;

/** Hours before their labels came, none of them with a change of P(label | inputs), and what the estimates were worth. */
export async function estimateTrials(
  lab: Lab,
  baseline: Baseline,
  options: PopulationOptions,
  trials: number,
  { rows = WIDE, tenure = 0 }: Omit<HourTrials, 'labels'> = {},
): Promise<{ trials: Trial[]; estimates: EstimateTrial[] }> {
  const done: Trial[] = [];
  const estimates: EstimateTrial[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const { hour, size } = hourOf(options, trial, 84, rows);
    const window = windowAt(options, hour, size, { tenure });
    const report = await checkWindows(lab, baseline, [unlabelled(window)]);
    done.push(trialOf(report));
    estimates.push(...estimatesOf(report, window));
  }
  return { trials: done, estimates };
}

function estimatesOf({ metrics }: Report, window: Window): EstimateTrial[] {
  const truth = truthOf(outcomesOf(window));
  return ESTIMATED.flatMap((metric) => {
    const rows = metrics.filter((row) => row.metric === `estimated_${metric}`);
    const plain = rows.find(({ parameters }) => parameters.calibration === undefined);
    const weighted = rows.find(({ parameters }) => parameters.calibration !== undefined);
    const known = truth[metric];
    if (known === null || plain === undefined) return [];
    const [low, high] = plain.interval ?? [null, null];
    const bounds = weighted?.interval ?? null;
    return [
      {
        ...{
          rows: window.rows,
          metric,
          truth: known,
          plain: plain.value as number | null,
          low: low as number | null,
          high: high as number | null,
        },
        weighted:
          bounds === null || weighted?.value == null
            ? null
            : { value: weighted.value as number, low: bounds[0] as number, high: bounds[1] as number },
      },
    ];
  });
}
