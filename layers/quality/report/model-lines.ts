import type { Report } from '../contract/report.ts';
import { positiveText, weightText } from './class-words.ts';
import { viewEstimates } from './estimate-view.ts';
import { formatCount, formatPValue, formatShare } from './format.ts';
import { intervalInUnit, inUnit } from './measures.ts';
import { type MetricView, type PerformanceView, viewPerformance } from './performance-view.ts';
import { metricLabel, metricUnit } from './words.ts';

/** A number of the model in words: what, how much, how sure, against what. */
export interface ModelLine {
  what: string;
  value: string;
  interval: string;
  baseline: string;
}

/** How right the model was in a few lines: main numbers, where it is least right. Empty where nothing is known of it. */
export interface ModelSummary {
  lines: ModelLine[];
  /** Whether the lines are estimates from the scores alone. */
  estimated: boolean;
  /** Estimates beside the lines, where few rows have a label. */
  estimates: ModelLine[];
  /** "150 of 3,000 rows have a label"; null where all have one, or the lines are estimates. */
  labelled: string | null;
  worst: string | null;
  /** How the numbers are to be read: which class is positive, what a row counts by. */
  terms: string[];
}

const SPOKEN = [
  'accuracy',
  'precision',
  'recall',
  'roc_auc',
  'brier_score',
  'observed_over_expected',
  'mean_absolute_error',
  'root_mean_squared_error',
  'r2',
];

export function summariseModel(report: Report): ModelSummary {
  const view = viewPerformance(report);
  const estimated = view?.estimated === true && view.section.rows.judged === 0;
  return {
    lines: view === null ? [] : estimated ? estimateLines(view) : view.main.filter(isSpoken).map(metricLine),
    estimated,
    estimates: view?.estimated === true && !estimated ? estimateLines(view) : [],
    labelled: view === null || estimated ? null : labelledOf(view),
    worst: view === null ? null : worstOf(view),
    terms: view === null ? [] : [positiveText(view.section), weightText(view.section)].filter((term) => term !== null),
  };
}

function labelledOf(view: PerformanceView): string | null {
  const { rows } = view.section;
  if (rows.labelled === rows.all || rows.labelled === 0) return null;
  return `${formatCount(rows.labelled)} of ${formatCount(rows.all)} rows have a label${labelledApart(view)}`;
}

/** ": 41 % of those predicted 1, 89 % of those predicted 0"; empty where labels came alike. */
export function labelledApart({ byPrediction }: PerformanceView): string {
  const parts = byPrediction.map(({ prediction, share }) => `${formatShare(share)} of those predicted ${prediction}`);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

const isSpoken = ({ row }: MetricView): boolean =>
  SPOKEN.includes(row.metric) && (Object.keys(row.parameters).length === 0 || row.parameters.average === 'macro');

function metricLine({ row, value, interval, baseline }: MetricView): ModelLine {
  const unit = metricUnit(row.metric);
  return {
    what: metricLabel(row.metric) + (row.parameters.average === undefined ? '' : ` (${row.parameters.average} average)`),
    value: inUnit(value!, unit),
    interval: interval === null ? '' : intervalInUnit(interval, unit),
    baseline: baseline === null ? '' : inUnit(baseline, unit),
  };
}

const estimateLines = ({ section }: PerformanceView): ModelLine[] =>
  viewEstimates(section)
    .filter(({ metric, estimate }) => SPOKEN.includes(metric) && estimate !== null)
    .map(({ metric, name, estimate, low, high, baseline }) => {
      const unit = metricUnit(metric);
      return {
        what: name,
        value: inUnit(estimate!, unit),
        interval: low === null || high === null ? '' : intervalInUnit([low, high], unit),
        baseline: baseline === null ? '' : inUnit(baseline, unit),
      };
    });

/**
 * "least right in region=N: accuracy 61 %, n = 412, overall 83 %, adjusted p = 0.002"; "recall lowest in region=N: 61 %, …" where no segment is right less often:
 * one of few positives that are found may be right most often of all.
 */
function worstOf({ section }: PerformanceView): string | null {
  const right = section.worst.find(({ metric }) => RIGHT.includes(metric));
  const worst = right ?? section.worst[0];
  if (worst === undefined) return null;
  const { segment, metric, value, overall, rows, adjustedPValue } = worst;
  const unit = metricUnit(metric);
  const numbers = `${inUnit(value, unit)}, n = ${formatCount(rows)}, overall ${inUnit(overall, unit)}, adjusted ${formatPValue(adjustedPValue)}`;
  return right === undefined
    ? `${metricLabel(metric)} lowest in ${segment}: ${numbers}`
    : `least right in ${segment}: ${metricLabel(metric)} ${numbers}`;
}

const RIGHT = ['accuracy', 'mean_absolute_error'];
