import { type Database, quoteText } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';
import { CLARIFY_METRICS, type ClarifyValue, clarifyValues, type FlipRows } from '../metrics/fairness/index.ts';
import type { AnalysisSection } from './analysis-json.ts';
import { countFacet, type FacetTable, splitFacet } from './count-facet.ts';
import { NON_NUMERIC, readFlipRows } from './flip-rows.ts';
import { isNumericColumn, type PandasColumn, pandasColumns } from './pandas-column.ts';
import type { Stage } from './parse-config.ts';
import type { AnalysisFacet, AnalysisRequest } from './request.ts';

const TOO_MANY_STRATA = 'Group variable has too many values';

interface Context {
  database: Database;
  source: Source;
  request: AnalysisRequest;
  features: Map<string, PandasColumn>;
}

/** All metrics asked for, of every group of every facet, as Clarify reads them. Empty where nothing can be said of any stage. */
export async function analyse(database: Database, source: Source, request: AnalysisRequest): Promise<AnalysisSection[]> {
  const stages = (['pre_training', 'post_training'] as const).filter((stage) => isAsked(stage, request));
  if (stages.length === 0 || request.facets.length === 0) return [];
  const wantsRows = stages.includes('post_training') && request.methods.post_training!.includes('FT');
  const features = wantsRows ? await pandasColumns(database, source, request.features, request.typed) : new Map<string, PandasColumn>();
  const context = { database, source, request, features };
  const facets: { column: string; groups: { text: string; values: ClarifyValue[] }[] }[] = [];
  for (const facet of request.facets) facets.push({ column: facet.column, groups: await facetGroups(context, facet) });
  return stages.map((stage) => ({
    stage,
    label: request.label?.name ?? request.prediction!.name,
    labelText: request.label?.text ?? '',
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
  const { database, source, request } = context;
  const counted = await countFacet(database, source, facet, request);
  const groups: { text: string; values: ClarifyValue[] }[] = [];
  for (const { text, value } of facet.groups) {
    const rows = await rowsOf(context, facet, value, counted);
    const values = clarifyValues(splitFacet(counted, value), rows, 'clarify');
    const unconditioned = request.group !== null && !counted.conditioned;
    groups.push({ text, values: unconditioned ? values.map(withoutStrata) : values });
  }
  return groups;
}

const withoutStrata = (value: ClarifyValue): ClarifyValue =>
  value.metric.code.startsWith('CDD') && value.value === null ? { ...value, reason: TOO_MANY_STRATA } : value;

/** Features without the facet's column; every one of them has to be a number. */
async function rowsOf(
  { database, source, request, features }: Context,
  facet: AnalysisFacet,
  value: string,
  { rows }: FacetTable,
): Promise<FlipRows | string> {
  const { prediction, flipWork } = request;
  if (features.size === 0 || prediction === null || !('sql' in prediction)) return 'no features';
  const columns = [...features.values()].filter(({ name }) => name !== facet.column);
  if (!columns.every(isNumericColumn)) return NON_NUMERIC;
  const work = rows * facet.groups.length;
  if (work > flipWork && rows <= flipWork) return `more than ${flipWork.toLocaleString('en-US')} rows in all groups together: not searched`;
  if (work > flipWork) return `more than ${flipWork.toLocaleString('en-US')} rows: not searched`;
  const inFacet = `(${facet.sql}) = ${quoteText(value)}`;
  return readFlipRows(database, sourceSql(source, ROW_NUMBER), {
    ...{ features: columns.map(numberOf), facet: inFacet, chosen: prediction.sql, missing: 'false' },
  });
}

/** A truth value is 0 or 1, as text too. */
const numberOf = ({ facts, text, number }: PandasColumn): string =>
  facts.type === 'boolean' ? `CASE lower(${text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 END` : number;
