import type { Source } from '../engine/scan-plan.ts';
import type { Reference } from './config-schema.ts';
import { findColumn } from './find-column.ts';
import type { ParsedConfig } from './parse-config.ts';

/** Names of the columns of predictions and scores, where a file of predictions was joined. */
export interface JoinedNames {
  prediction: string | null;
  score: string | null;
}

/** Names of the columns that a configuration names, or gives the places of. */
export interface ConfigNames extends JoinedNames {
  label: string | null;
  group: string | null;
  facets: string[];
  excluded: string[];
}

/** Finds them in the data. */
export function namesOf({ columns }: Source, { config, uri }: ParsedConfig, joined: JoinedNames): ConfigNames {
  const all = columns.map(({ name }) => name);
  const find = (reference: Reference | undefined, path: string): string | null =>
    reference === undefined ? null : findColumn(reference, all, uri, path);
  const apart = config.predicted_label_dataset_uri !== undefined;
  const own = config.joinsource_name_or_index === undefined ? null : find(config.joinsource_name_or_index, 'joinsource_name_or_index');
  return {
    label: find(config.label, 'label'),
    prediction: apart ? joined.prediction : find(config.predicted_label, 'predicted_label'),
    score: apart ? joined.score : find(config.probability, 'probability'),
    group: find(config.group_variable, 'group_variable'),
    facets: (config.facet ?? []).map(({ name_or_index }, i) => find(name_or_index, `facet.${i}.name_or_index`)!),
    excluded: [
      ...(config.excluded_columns ?? []).map((reference, i) => find(reference, `excluded_columns.${i}`)!),
      ...(own === null ? [] : [own]),
    ],
  };
}
