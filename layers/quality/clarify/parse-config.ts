import { UsageError } from '../contract/errors.ts';
import { nearest } from '../contract/nearest.ts';
import { CLARIFY_METRICS, type ClarifyMetric } from '../metrics/fairness/index.ts';
import { describeIssue } from './config-issues.ts';
import { type AnalysisConfig, analysisConfigSchema } from './config-schema.ts';
import { parseConfigText } from './config-text.ts';
import { skippedKeys } from './skipped-keys.ts';

export type Stage = ClarifyMetric['stage'];
export type Methods = Record<Stage, readonly string[] | null>;

/** A configuration that can be run: what it says, which metrics it asks for, and what of it is skipped, in words. */
export interface ParsedConfig {
  uri: string;
  config: AnalysisConfig;
  methods: Methods;
  notes: string[];
}

/** Reads analysis_config.json; an error names the file, the path in it, and what is near. */
export function parseAnalysisConfig(text: string, uri: string): ParsedConfig {
  let json: unknown;
  try {
    json = parseConfigText(text);
  } catch (error) {
    throw new UsageError(`${uri}: not JSON: ${(error as Error).message}`);
  }
  const parsed = analysisConfigSchema.safeParse(json);
  if (!parsed.success)
    throw new UsageError(
      `${uri}: ${parsed.error.issues
        .slice(0, 3)
        .map((issue) => describeIssue(issue, json))
        .join('; ')}`,
    );
  const config = parsed.data;
  const methods: Methods = {
    pre_training: codesOf('pre_training', config.methods?.pre_training_bias?.methods, uri),
    post_training: codesOf('post_training', config.methods?.post_training_bias?.methods, uri),
  };
  requireParts(config, methods, uri);
  const notes = skippedKeys(config);
  if (methods.pre_training === null && methods.post_training === null)
    notes.push('it asks for no bias metrics (methods.pre_training_bias, methods.post_training_bias): there is no analysis.json');
  return { uri, config, methods, notes };
}

const codes = (stage: Stage): string[] => CLARIFY_METRICS.filter((metric) => metric.stage === stage).map(({ code }) => code);

/** The codes a stage asks for, in Clarify's order; null for a stage that is not asked for. */
function codesOf(stage: Stage, asked: 'all' | string[] | undefined, uri: string): string[] | null {
  if (asked === undefined) return null;
  const known = codes(stage);
  if (asked === 'all' || asked.includes('all')) return known;
  for (const [i, code] of asked.entries()) {
    if (known.includes(code)) continue;
    const near = nearest(code, known);
    const elsewhere = CLARIFY_METRICS.find((metric) => metric.code === code)?.stage;
    const hint = elsewhere !== undefined ? `, it is one of ${elsewhere}_bias.` : near === null ? '' : `; did you mean "${near}"?`;
    throw new UsageError(`${uri}: "methods.${stage}_bias.methods.${i}": no metric "${code}"${hint} Known: ${known.join(', ')}`);
  }
  return known.filter((code) => asked.includes(code));
}

/** Bias is between groups, of an outcome. */
function requireParts(config: AnalysisConfig, methods: Methods, uri: string): void {
  if (methods.pre_training === null && methods.post_training === null) return;
  const missing = (key: string, what: string): never => {
    throw new UsageError(`${uri}: "${key}": missing; bias metrics need ${what}`);
  };
  if (config.label === undefined) missing('label', 'the true outcome');
  if (!config.label_values_or_threshold?.length)
    missing('label_values_or_threshold', 'the values, or the threshold, of the positive outcome');
  if (!config.facet?.length) missing('facet', 'the groups to compare');
}
