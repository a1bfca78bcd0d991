import type { OutcomePlan } from '../contract/outcomes.ts';
import { valueSql } from '../engine/readers.ts';
import { physicalOf, sourceSql } from '../engine/source-sql.ts';
import { impliedThreshold } from './implied-threshold.ts';
import { ODD } from './outcome-side.ts';
import type { PlanRequest } from './plan-outcomes.ts';

/**
 * Where there is no prediction, the score from which the baseline's predictions are positive; where it has none either, ½ for scores that can be probabilities:
 * of any other nothing is assumed. Null where scores decide nothing; a note says why.
 */
export async function decisionThreshold(
  request: PlanRequest,
  roles: Pick<OutcomePlan, 'scores' | 'prediction'>,
  notes: string[],
): Promise<number | null> {
  const { options, before, cuts } = request;
  const { scores, prediction } = roles;
  const said = options.threshold ?? before?.threshold ?? null;
  if (scores.length !== 1) return said;
  const { column } = scores[0]!;
  const missing = said === null && prediction === null ? (before?.prediction ?? null) : null;
  const given = missing === null ? said : asBefore(request, missing, column, notes);
  if (missing !== null && given === null) return null;
  const edges = cuts.get(column)?.context.edges;
  const probabilities = edges !== undefined && edges.length > 0 && edges[0]! >= 0 && edges.at(-2)! <= 1;
  const threshold = given ?? (prediction === null ? 0.5 : null);
  if (probabilities && before !== null && prediction === null && threshold !== null && threshold <= 1)
    return (await isOffScale(request, column, notes)) ? null : threshold;
  if (given !== null || edges === undefined || edges.length === 0 || probabilities) return threshold;
  const [low, middle, high] = [edges[0]!, edges[edges.length >> 1]!, edges.at(-2) ?? edges[0]!];
  const likely = low < 0 ? 'logits, or ' : middle > 1 && high <= 100 ? 'percentages, or ' : '';
  notes.push(
    `The scores lie between ${low} and ${high}, not between 0 and 1 (${likely}on a scale of their own): they are used to rank, and decide nothing without a decision threshold.`,
  );
  return null;
}

/** What stands in for a prediction that only the baseline has. */
function asBefore({ sample = null }: PlanRequest, missing: string, column: string, notes: string[]): number | null {
  const threshold = sample === null ? null : impliedThreshold(sample);
  notes.push(
    threshold === null
      ? `There is no prediction (${missing}) as in the baseline, whose predictions no threshold of the score (${column}) gives: nothing is predicted.`
      : `There is no prediction (${missing}) as in the baseline: rows count as predicted positive from a score (${column}) of ${threshold} on, as there.`,
  );
  return threshold;
}

/** Whether more than a few scores lie outside 0 to 1, where the baseline's do not: what its threshold then decides is nothing the model did. */
async function isOffScale({ database, source }: PlanRequest, column: string, notes: string[]): Promise<boolean> {
  const { value } = valueSql(column, physicalOf(source, column), { role: 'feature', type: 'number' });
  const [row] = await database.rows<{ n: bigint; least: number | null; outside: bigint }>(
    `SELECT count(s) AS n, min(s) AS least, count(*) FILTER (WHERE s < 0 OR s > 1) AS outside FROM (SELECT ${value} AS s FROM ${sourceSql(source, null)}) WHERE isfinite(s)`,
  );
  const [rows, outside] = [Number(row!.n), Number(row!.outside)];
  if (!(outside > ODD * rows)) return false;
  notes.push(
    `Scores (${column}) lie outside 0 to 1, where the baseline's do not: ${row!.least! < 0 ? 'logits' : 'percentages'}? The decision threshold is of another scale: without a prediction nothing is decided by it.`,
  );
  return true;
}
