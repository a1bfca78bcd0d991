import { performanceMetricOf } from './check-types.ts';
import { type Draft, note, setCheck } from './draft.ts';
import { plain } from './plain.ts';
import { PROBLEMS, type ProblemKey, type QualityConstraints, type QualityStatistics } from './schemas.ts';

/** Thresholds of a model-quality baseline. Model Monitor bounds the metric; Assay bounds what is lost against its baseline. */
export function carryQuality(draft: Draft, constraints: QualityConstraints, statistics: QualityStatistics | null, uri: string): void {
  for (const key of Object.keys(PROBLEMS) as ProblemKey[]) {
    const bounds = constraints[`${key}_constraints`];
    if (bounds === undefined) continue;
    draft.rest.problem = PROBLEMS[key];
    const measured = statistics?.[`${key}_metrics`] ?? {};
    const losses = new Map<string, number>();
    for (const [name, { threshold, comparison_operator }] of Object.entries(bounds)) {
      const loss = lossOf(draft, {
        name,
        threshold: Number(threshold),
        operator: comparison_operator,
        before: measuredOf(measured[name]),
        uri,
      });
      const metric = performanceMetricOf(name);
      if (loss !== null && metric !== null) losses.set(metric, Math.min(loss, losses.get(metric) ?? loss));
    }
    for (const [metric, fail] of losses) setCheck(draft, 'performance', metric, { warn: null, fail });
  }
}

interface Bound {
  name: string;
  threshold: number;
  operator: 'LessThanThreshold' | 'GreaterThanThreshold';
  /** The baseline's value; null where it is not known. */
  before: number | null;
  uri: string;
}

/** By how much the metric may be worse than in the baseline; null, with a line, where it cannot be said. */
function lossOf(draft: Draft, { name, threshold, operator, before, uri }: Bound): number | null {
  const where = `${plain(name)} ${operator} ${threshold}`;
  if (performanceMetricOf(name) === null) {
    note(draft, uri, `${where}: Assay computes no verdict on it`);
    return null;
  }
  if (before === null || Number.isNaN(threshold)) {
    note(
      draft,
      uri,
      `${where}: a check bounds the loss against the baseline, whose value is not here; add the model-quality statistics.json`,
    );
    return null;
  }
  const loss = Number((operator === 'LessThanThreshold' ? before - threshold : threshold - before).toPrecision(12));
  if (loss < 0) note(draft, uri, `${where}: stricter than the baseline's own ${before}; any significant loss fails instead`);
  return Math.max(0, loss);
}

/** `{ "value": …, "standard_deviation": … }`. */
export function measuredOf(entry: unknown): number | null {
  const value = entry !== null && typeof entry === 'object' && 'value' in entry ? Number(entry.value) : Number.NaN;
  return Number.isNaN(value) ? null : value;
}
