import type { Database } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { CLARIFY_METRICS, type ClarifyValue, clarifyValues } from '../metrics/fairness/index.ts';
import type { AnalysisSection } from './analysis-json.ts';
import { countFacet, splitFacet } from './count-facet.ts';
import { withErrorText } from './error-texts.ts';
import { type FlipFeatures, flipFeatures, flipRowsIn } from './flip-features.ts';
import type { Stage } from './parse-config.ts';
import type { AnalysisFacet, AnalysisRequest } from './request.ts';

const TOO_MANY_STRATA = 'Group variable has too many values';

interface Context {
  database: Database;
  source: Source;
  request: AnalysisRequest;
  features: FlipFeatures;
}

/** All metrics asked for, of every group of every facet, as Clarify reads them. Empty where nothing can be said of any stage. */
export async function analyse(database: Database, source: Source, request: AnalysisRequest): Promise<AnalysisSection[]> {
  const stages = (['pre_training', 'post_training'] as const).filter((stage) => isAsked(stage, request));
  if (stages.length === 0 || request.facets.length === 0) return [];
  const features = await flipFeatures(database, source, request);
  const context = { database, source, request, features };
  const facets: { column: string; groups: { text: string; values: ClarifyValue[] }[] }[] = [];
  for (const facet of request.facets) facets.push({ column: facet.column, groups: await facetGroups(context, facet) });
  return stages.map((stage) => ({
    stage,
    label: request.label?.name ?? request.prediction!.name,
    labelText: request.label?.text ?? ('text' in request.prediction! ? (request.prediction.text ?? '') : ''),
    facets: facets.map(({ column, groups }) => ({
      column,
      groups: groups.map(({ text, values }) => ({ text, values: ofStage(values, stage, request) })),
    })),
  }));
}

const isAsked = (stage: Stage, { label, prediction, methods }: AnalysisRequest): boolean =>
  methods[stage] !== null && (stage === 'pre_training' ? label !== null : prediction !== null);

function ofStage(values: ClarifyValue[], stage: Stage, { prediction, methods }: AnalysisRequest): ClarifyValue[] {
  const asked = CLARIFY_METRICS.filter((metric) => metric.stage === stage && methods[stage]!.includes(metric.code));
  const error = stage === 'post_training' && prediction !== null && 'error' in prediction ? prediction.error : null;
  return asked.map((metric) =>
    error === null ? values.find((value) => value.metric.code === metric.code)! : { metric, value: null, reason: error },
  );
}

async function facetGroups(context: Context, facet: AnalysisFacet): Promise<{ text: string; values: ClarifyValue[] }[]> {
  const { database, source, request, features } = context;
  const counted = await countFacet(database, source, facet, request);
  const groups: { text: string; values: ClarifyValue[] }[] = [];
  for (const { text, value } of facet.groups) {
    const rows = await flipRowsIn(database, source, features, facet, value, request);
    const values = clarifyValues(splitFacet(counted, value), rows, 'clarify').map(withErrorText);
    const unconditioned = request.group !== null && !counted.conditioned;
    groups.push({ text, values: unconditioned ? values.map(withoutStrata) : values });
  }
  return groups;
}

const withoutStrata = (value: ClarifyValue): ClarifyValue =>
  value.metric.code.startsWith('CDD') && value.value === null ? { ...value, reason: TOO_MANY_STRATA } : value;
