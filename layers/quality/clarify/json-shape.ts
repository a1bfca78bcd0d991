import { UsageError } from '../contract/errors.ts';
import type { ParsedConfig } from './parse-config.ts';

/** `key`, `list[*].key` or, of a document that is a list, `[*].key`: the expressions that are read of JMESPath. `[]` is as good as `[*]`. */
const PATH = /^(?:([A-Za-z_]\w*)?\[\*?\]\.)?([A-Za-z_][\w.]*)$/;

/** Where the values of a record are, and what their columns are called. */
export interface JsonShape {
  /** The column that holds a list of records; null where each row is one. */
  list: string | null;
  features: { key: string; headers: string[] };
  outcomes: { at: 'label' | 'predicted_label'; key: string; header: string }[];
}

/**
 * How records whose features are one array (`features`, or `instances[*].features`) become a table of the configuration's headers: features first,
 * then the label, then the predicted label. Null where the configuration has no `features`: each key of a record is a column then.
 */
export function jsonShape({ config, uri }: ParsedConfig): JsonShape | null {
  if (config.features === undefined) return null;
  const { headers } = config;
  if (headers === undefined) throw new UsageError(`${uri}: "headers": missing; "features" needs the names of its values`);
  const features = pathOf(config.features, `${uri}: "features"`);
  const apart = config.predicted_label_dataset_uri !== undefined;
  const outcomes = (['label', 'predicted_label'] as const).flatMap((at) => {
    const given = config[at];
    if (typeof given !== 'string' || headers.includes(given) || (at === 'predicted_label' && apart)) return [];
    const path = pathOf(given, `${uri}: "${at}"`);
    if (path.list !== features.list) throw new UsageError(`${uri}: "${at}": expected a path into the same list as "features"`);
    return [{ at, key: path.key }];
  });
  const width = headers.length - outcomes.length;
  if (width < 1) throw new UsageError(`${uri}: "headers": expected the features' names, then those of label and predicted label`);
  return {
    list: features.list,
    features: { key: features.key, headers: headers.slice(0, width) },
    outcomes: outcomes.map((outcome, i) => ({ ...outcome, header: headers[width + i]! })),
  };
}

/** The configuration by the names of the table: of a label that was a path, its header. */
export function namedConfig(parsed: ParsedConfig, shape: JsonShape | null): ParsedConfig {
  const named = Object.fromEntries((shape?.outcomes ?? []).map(({ at, header }) => [at, header]));
  return { ...parsed, config: { ...parsed.config, ...named } };
}

function pathOf(text: string, at: string): { list: string | null; key: string } {
  const found = PATH.exec(text);
  if (found === null) throw new UsageError(`${at}: "${text}" is not read; expected KEY, LIST[*].KEY or [*].KEY`);
  return { list: found[1] ?? null, key: found[2]! };
}
