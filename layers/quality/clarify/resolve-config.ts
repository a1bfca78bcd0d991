import type { Facet } from '../contract/outcomes.ts';
import type { Database } from '../engine/database.ts';
import { classTextSql } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf } from '../engine/source-sql.ts';
import type { Scalar } from '../metrics/fairness/index.ts';
import { type ConfigNames, type JoinedNames, namesOf } from './config-names.ts';
import { configuredFacet, selectedValues } from './facet-groups.ts';
import { DEFAULT_THRESHOLD, decidedBy, isProbability, labelOf, predictionOf } from './outcome-columns.ts';
import { type PandasColumn, pandasColumns, pythonText } from './pandas-column.ts';
import type { ParsedConfig } from './parse-config.ts';
import { readingNotes } from './reading-notes.ts';
import { type AnalysisRequest, FLIP_WORK } from './request.ts';

/** What a configuration comes to for some data: analysis.json's request, and the options the checks take. */
export interface ResolvedConfig {
  request: AnalysisRequest;
  label: string | null;
  prediction: string | null;
  score: string | null;
  threshold: number;
  positive: string[];
  facets: Facet[];
  groupVariable: string | null;
  excluded: string[];
  notes: string[];
}

/** Classes above which positive values are not handed on one by one. */
const MOST_CLASSES = 50;

/** Formats whose values are text: what they are is told from them. */
const UNTYPED = ['text/csv', 'application/sagemakercapturejson'];

/** Finds the columns a configuration names in the data, and reads values and thresholds as Clarify does. */
export async function resolveConfig(
  database: Database,
  source: Source,
  parsed: ParsedConfig,
  joined: JoinedNames,
): Promise<ResolvedConfig> {
  const { config, uri, methods } = parsed;
  const names = namesOf(source, parsed, joined);
  const typed = config.features === undefined && !UNTYPED.includes(config.dataset_type ?? 'text/csv');
  const wanted = [names.label, names.prediction, names.score, names.group, ...names.facets].filter((name) => name !== null);
  const columns = await pandasColumns(database, source, wanted, { typed, distinct: true });
  const facets: Awaited<ReturnType<typeof configuredFacet>>[] = [];
  for (const [i, name] of names.facets.entries()) {
    const at = `${uri}: "facet.${i}.value_or_threshold"`;
    facets.push(await configuredFacet(database, source, columns.get(name)!, config.facet![i]!.value_or_threshold ?? [], at));
  }
  const outcome = outcomesOf(parsed, names, columns);
  const positive = await positiveValues(database, source, outcome, config.label_values_or_threshold ?? []);
  const group = names.group === null ? null : pythonText(columns.get(names.group)!);
  const kept = [names.label, names.prediction, names.score, ...names.excluded];
  const features = source.columns.map(({ name }) => name).filter((name) => !kept.includes(name));
  const { label, prediction } = outcome;
  const request = {
    label,
    prediction,
    facets: facets.map(({ facet }) => facet),
    group,
    methods,
    features,
    typed,
    flipWork: FLIP_WORK.asked,
  };
  const readings = await readingNotes(database, source, parsed, { names, columns, request });
  return {
    request,
    ...{ label: names.label, prediction: outcome.score === null ? names.prediction : null, score: outcome.score },
    ...{ threshold: config.probability_threshold ?? DEFAULT_THRESHOLD, positive, facets: facets.map(({ option }) => option) },
    ...{ groupVariable: names.group, excluded: names.excluded, notes: [...notesOf(parsed, names, positive), ...readings] },
  };
}

interface ReadOutcomes extends Pick<AnalysisRequest, 'label' | 'prediction'> {
  /** Values of these columns where these are true are the positive ones. */
  chosen: { name: string; text: string; sql: string }[];
  /** The column predictions are decided by. */
  score: string | null;
}

function outcomesOf({ config, uri }: ParsedConfig, names: ConfigNames, columns: Map<string, PandasColumn>): ReadOutcomes {
  const positive: readonly Scalar[] = config.label_values_or_threshold ?? [];
  const label = names.label === null || positive.length === 0 ? null : columns.get(names.label)!;
  if (label === null) return { label: null, prediction: null, chosen: [], score: null };
  const selection = labelOf(label, positive, `${uri}: "label_values_or_threshold"`);
  const own = { name: label.name, text: selection.text, sql: selection.sql };
  const given = names.prediction === null ? null : columns.get(names.prediction)!;
  const asScore = given !== null && config.probability_threshold !== undefined && isProbability(given) ? given : null;
  const score = asScore ?? (given === null && names.score !== null ? columns.get(names.score)! : null);
  const threshold = config.probability_threshold ?? DEFAULT_THRESHOLD;
  if (score !== null) return { label: own, prediction: decidedBy(score, threshold), chosen: [own], score: score.name };
  if (given === null) return { label: own, prediction: null, chosen: [own], score: null };
  const { positive: sql, ...prediction } = predictionOf(given, label, selection, positive);
  const predicted = sql === null ? [] : [{ name: given.name, text: selection.text, sql }];
  return { label: own, prediction, chosen: [own, ...predicted], score: null };
}

/** The values of label and prediction that are positive; none where they are too many to be classes. */
async function positiveValues(database: Database, source: Source, { chosen }: ReadOutcomes, given: readonly Scalar[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { name, sql } of chosen)
    for (const value of await selectedValues(database, source, classTextSql(name, physicalOf(source, name)), sql)) found.add(value);
  if (found.size > MOST_CLASSES) return [];
  return found.size > 0 ? [...found].sort() : given.map(String);
}

function notesOf({ methods, config }: ParsedConfig, names: ConfigNames, positive: string[]): string[] {
  const notes: string[] = [];
  if (methods.post_training !== null && names.prediction === null && names.score === null)
    notes.push(
      '"methods.post_training_bias" is skipped: no predictions were named (predicted_label, probability, predicted_label_dataset_uri)',
    );
  if (names.label !== null && config.label_values_or_threshold !== undefined && positive.length === 0)
    notes.push('the label has too many positive values to be classes: analysis.json alone has the bias metrics');
  return notes;
}
