import type { PerformanceSection } from '../contract/outcome-report.ts';
import type { Facet } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import { asNumber } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { CLARIFY_METRICS } from '../metrics/fairness/index.ts';
import { namedFacet } from './facet-groups.ts';
import { columnSql, type PandasColumn, pandasColumns, pythonText } from './pandas-column.ts';
import type { Stage } from './parse-config.ts';
import { type AnalysisFacet, type AnalysisRequest, FLIP_WORK } from './request.ts';
import { oneOf } from './select-rows.ts';

export interface JudgedFacets {
  /** What was judged, and how labels and predictions were read. */
  outcomes: PerformanceSection;
  facets: Facet[];
  groupVariable: string | null;
  /** Columns that are features to the model. */
  features: string[];
}

/** analysis.json of what a check has judged: values and intervals as they were named, nothing guessed. */
export async function judgedRequest(database: Database, source: Source, judged: JudgedFacets): Promise<AnalysisRequest> {
  const { outcomes, facets, groupVariable } = judged;
  const wanted = [outcomes.label, outcomes.prediction, groupVariable, ...facets.map(({ column }) => column)];
  const here = wanted.filter((name) => name !== null && source.columns.some((column) => column.name === name)) as string[];
  const columns = await pandasColumns(database, source, here, { typed: false, distinct: false });
  const named: AnalysisFacet[] = [];
  for (const facet of facets) {
    const column = columns.get(facet.column);
    if (column !== undefined) named.push(await namedFacet(database, source, column, facet));
  }
  const label = outcomes.label === null ? undefined : columns.get(outcomes.label);
  const group = groupVariable === null ? undefined : columns.get(groupVariable);
  const codes = (stage: Stage): string[] => CLARIFY_METRICS.filter((metric) => metric.stage === stage).map(({ code }) => code);
  return {
    label: label === undefined ? null : { name: label.name, ...positiveOf(label, outcomes.positive) },
    prediction: predictionOf(outcomes, columns, source),
    facets: named,
    group: group === undefined ? null : pythonText(group),
    methods: { pre_training: codes('pre_training'), post_training: codes('post_training') },
    features: judged.features,
    typed: false,
    flipWork: FLIP_WORK.alongside,
  };
}

/** Rows of the positive class as checks read it: truth values are numbers too. */
function positiveOf(column: PandasColumn, positive: string[]): { text: string; sql: string } {
  const truths = [true, false].filter((truth) => positive.some((value) => asNumber(value) === Number(truth)));
  return { text: oneOf(column, positive).text, sql: oneOf(column, [...positive, ...truths]).sql };
}

/** The prediction as the check took it: its column, or the score from the threshold on. */
function predictionOf(
  { prediction, score, threshold, positive }: PerformanceSection,
  columns: Awaited<ReturnType<typeof pandasColumns>>,
  source: Source,
): AnalysisRequest['prediction'] {
  if (prediction !== null) return { name: prediction, ...positiveOf(columns.get(prediction)!, positive) };
  const physical = source.columns.find(({ name }) => name === score)?.physical;
  if (score === null || threshold === null || physical === undefined) return null;
  const { number } = columnSql(score, physical);
  return {
    name: score,
    text: positive.join(', '),
    sql: `CASE WHEN ${number} IS NULL OR isnan(${number}) THEN NULL ELSE ${number} >= ${threshold} END`,
  };
}
