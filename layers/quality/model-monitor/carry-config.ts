import type { ClarifyConfig, Reference } from './config-schema.ts';
import { clarifyConfigSchema } from './config-schema.ts';
import { type Draft, note, setColumn, setValueFacet } from './draft.ts';
import { plain } from './plain.ts';

type FacetOf = NonNullable<ClarifyConfig['facet']>[number];
const CARRIED_METHODS = ['pre_training_bias', 'post_training_bias', 'report'];
const CARRIED_PREDICTOR = ['label', 'probability'];

/** Roles, facets and positive values of Clarify's analysis_config.json. */
export function carryConfig(draft: Draft, config: ClarifyConfig, uri: string): void {
  const columnOf = (reference: Reference | undefined, path: string): string | null => {
    if (reference === undefined) return null;
    const found = typeof reference === 'string' ? reference : config.headers?.[reference];
    if (found === undefined) note(draft, uri, `"${path}": column ${reference} is not among the headers`);
    return found ?? null;
  };
  const setRole = (name: string | null, role: 'label' | 'prediction' | 'id' | 'ignored'): void => {
    if (name !== null) setColumn(draft, name, { role });
  };
  for (const [i, excluded] of (config.excluded_columns ?? []).entries()) setRole(columnOf(excluded, `excluded_columns[${i}]`), 'ignored');
  for (const [i, facet] of (config.facet ?? []).entries())
    carryFacet(draft, columnOf(facet.name_or_index, `facet[${i}].name_or_index`), facet, uri);
  const outcomes = outcomeColumns(config, columnOf);
  setRole(outcomes.label, 'label');
  setRole(outcomes.prediction, 'prediction');
  setRole(columnOf(config.joinsource_name_or_index, 'joinsource_name_or_index'), 'id');
  const group = columnOf(config.group_variable, 'group_variable');
  if (group !== null) draft.rest.groupVariable = group;
  const segments = (config.segment_config ?? []).flatMap(
    ({ name_or_index }, i) => columnOf(name_or_index, `segment_config[${i}].name_or_index`) ?? [],
  );
  if (segments.length > 0) draft.rest.segments = segments;
  carryPositive(draft, config, outcomes.label, uri);
  carryInput(draft, config, [outcomes.label, outcomes.prediction], uri);
  saySkipped(draft, config, uri);
}

/** Of JSON data label and prediction are found by JMESPath, and the headers end with them; of tables by name or place. */
function outcomeColumns(
  { headers = [], features, label, predicted_label }: ClarifyConfig,
  columnOf: (reference: Reference | undefined, path: string) => string | null,
): { label: string | null; prediction: string | null } {
  if (features === undefined) return { label: columnOf(label, 'label'), prediction: columnOf(predicted_label, 'predicted_label') };
  const last = [predicted_label, label].filter((of) => of !== undefined).length;
  const [first, second] = last === 0 ? [] : headers.slice(-last);
  if (label === undefined) return { label: null, prediction: first ?? null };
  return { label: first ?? null, prediction: second ?? null };
}

/** Several values, or a text, are values; one number of a column of fractions is a threshold, whose group lies above it. */
function carryFacet(draft: Draft, column: string | null, { value_or_threshold: given = [] }: FacetOf, uri: string): void {
  if (column === null) return;
  const [only] = given;
  const { type } = draft.columns.get(column) ?? {};
  if (given.length === 1 && typeof only === 'number' && (type === 'number' || !Number.isInteger(only))) {
    setColumn(draft, column, { facet: { above: only, upTo: null } });
    return;
  }
  setValueFacet(
    draft,
    column,
    given.map((value) => (typeof value === 'boolean' ? String(value) : value)),
  );
  if (given.length === 1 && typeof only === 'number')
    note(
      draft,
      uri,
      `facet "${plain(column)}" = ${only}: taken for a value; Clarify takes it for a threshold if 5 % of the values or more are different`,
    );
}

function carryPositive(draft: Draft, config: ClarifyConfig, label: string | null, uri: string): void {
  const values = config.label_values_or_threshold ?? [];
  if (values.length === 1 && typeof values[0] === 'number' && label !== null && draft.columns.get(label)?.type === 'number')
    note(draft, uri, `label_values_or_threshold ${values[0]}: a threshold of a continuous label; name the positive values`);
  else if (values.length > 0) Object.assign(draft.rest, { positive: values, problem: 'binary' });
  if (config.probability_threshold === undefined) return;
  draft.rest.decisionThreshold = config.probability_threshold;
  note(draft, uri, `probability_threshold ${config.probability_threshold}: Clarify decides above it, Assay from it on`);
}

/** Where values are in JSON payloads, and the names of what is sent to the model. */
function carryInput(draft: Draft, { headers, features, predictor }: ClarifyConfig, outcomes: (string | null)[], uri: string): void {
  const path = (key: 'label' | 'probability'): string | undefined => {
    const found = predictor?.[key];
    if (typeof found === 'number') note(draft, uri, `"predictor.${key}": column ${found} of the response; name it in "input.names"`);
    return typeof found === 'string' ? found : undefined;
  };
  const [prediction, score] = [path('label'), path('probability')];
  const names = headers?.filter((name) => !outcomes.includes(name));
  const input = {
    ...(names?.length && { names }),
    ...(features && { features }),
    ...(prediction && { prediction }),
    ...(score && { score }),
  };
  if (Object.keys(input).length > 0) draft.rest.input = input;
}

function saySkipped(draft: Draft, config: ClarifyConfig, uri: string): void {
  const keys = [
    ...Object.keys(config).filter((key) => !Object.hasOwn(clarifyConfigSchema.shape, key)),
    ...Object.keys(config.methods ?? {}).flatMap((key) => (CARRIED_METHODS.includes(key) ? [] : [`methods.${key}`])),
    ...Object.keys(config.predictor ?? {}).flatMap((key) => (CARRIED_PREDICTOR.includes(key) ? [] : [`predictor.${key}`])),
    ...(config.segment_config ?? []).flatMap((of, i) => ('segments' in of ? [`segment_config[${i}].segments`] : [])),
  ];
  for (const key of keys) note(draft, uri, `"${plain(key)}" has no place in a monitor`);
}
