import type { z } from 'zod';
import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import { carryAnalysis } from './carry-analysis.ts';
import { carryConfig } from './carry-config.ts';
import { carryConstraints } from './carry-constraints.ts';
import { carryQuality } from './carry-quality.ts';
import { clarifyConfigSchema } from './config-schema.ts';
import { type Draft, emptyDraft, monitorOf, note } from './draft.ts';
import { plain } from './plain.ts';
import { type FoundFile, parseAs, parseJson, unknownKeys } from './read-json.ts';
import {
  analysisSchema,
  type Constraints,
  constraintsSchema,
  qualityConstraintsSchema,
  qualityStatisticsSchema,
  type Statistics,
  statisticsSchema,
} from './schemas.ts';

const SCHEMAS = {
  'data-quality constraints': constraintsSchema,
  'data-quality statistics': statisticsSchema,
  'model-quality constraints': qualityConstraintsSchema,
  'model-quality statistics': qualityStatisticsSchema,
  'bias analysis': analysisSchema,
  'analysis configuration': clarifyConfigSchema,
} as const;
type Kind = keyof typeof SCHEMAS;
type Read = { [K in Kind]?: { uri: string; value: z.infer<(typeof SCHEMAS)[K]> } };

/** What a baseline's files are called. */
export const BASELINE_FILES = ['statistics.json', 'constraints.json', 'analysis.json', 'analysis_config.json'] as const;

export interface Imported {
  monitor: Monitor;
  /** What was read, and as what. */
  read: string[];
  /** What could not be carried over, a line each. */
  notes: string[];
}

/** A baseline of Model Monitor or Clarify as a monitor. */
export function importBaseline(files: FoundFile[], name: string): Imported {
  const draft = emptyDraft();
  const read = readFiles(files, draft);
  const quality = read['model-quality constraints'];
  const statistics = read['data-quality statistics'];
  const constraints = read['data-quality constraints'] ?? (statistics && { uri: statistics.uri, value: observed(statistics.value) });
  if (constraints !== undefined) {
    requireOnce(constraints.value, constraints.uri);
    carryConstraints(draft, constraints.value, statistics?.value ?? null, constraints.uri);
  }
  const config = read['analysis configuration'];
  if (config !== undefined) carryConfig(draft, config.value, config.uri);
  const analysis = read['bias analysis'];
  if (analysis !== undefined) carryAnalysis(draft, analysis.value, analysis.uri);
  if (quality !== undefined) carryQuality(draft, quality.value, read['model-quality statistics']?.value ?? null, quality.uri);
  const monitor = monitorOf(draft, name);
  return { monitor, read: Object.entries(read).map(([kind, { uri }]) => `${plain(uri)}: ${kind}`), notes: draft.notes };
}

function readFiles(files: FoundFile[], draft: Draft): Read {
  const read: Read = {};
  for (const file of files) {
    const json = parseJson(file);
    const kind = kindOf(file.uri, json);
    const other = read[kind];
    if (other !== undefined)
      throw new UsageError(`${plain(file.uri)}: ${kind} are in ${plain(other.uri)} already; name the folder of one baseline`);
    const value = parseAs(SCHEMAS[kind] as z.ZodType, json, file.uri);
    Object.assign(read, { [kind]: { uri: file.uri, value } });
    if (kind !== 'analysis configuration')
      for (const path of unknownKeys(SCHEMAS[kind], json)) note(draft, file.uri, `"${plain(path)}" is unknown, and ignored`);
  }
  return read;
}

const baseName = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** Told by the name, and of the two that have one name by what is in them. */
function kindOf(uri: string, json: Record<string, unknown>): Kind {
  const has = (end: string): boolean => Object.keys(json).some((key) => key.endsWith(end));
  switch (baseName(uri)) {
    case 'statistics.json':
      return has('_metrics') ? 'model-quality statistics' : 'data-quality statistics';
    case 'constraints.json':
      return has('_constraints') ? 'model-quality constraints' : 'data-quality constraints';
    case 'analysis.json':
      return 'bias analysis';
    default:
      return 'analysis configuration';
  }
}

/** The constraints that Model Monitor would suggest of statistics alone: types, and what completeness was found. */
const observed = ({ features }: Statistics): Constraints => ({
  version: 0,
  features: features.map(({ name, inferred_type, numerical_statistics, string_statistics }) => {
    const { num_present = 0, num_missing = 0 } = (numerical_statistics ?? string_statistics)?.common ?? {};
    const rows = num_present + num_missing;
    return { name, inferred_type, ...(rows > 0 && { completeness: num_present / rows }) };
  }),
});

function requireOnce({ features }: Constraints, uri: string): void {
  const seen = new Set<string>();
  for (const [i, { name }] of features.entries()) {
    if (seen.has(name)) throw new UsageError(`${plain(uri)}: "features[${i}].name": "${plain(name)}" is there twice`);
    seen.add(name);
  }
}
