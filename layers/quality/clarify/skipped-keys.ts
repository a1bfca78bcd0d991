import { nearest } from '../contract/nearest.ts';
import { type AnalysisConfig, analysisConfigSchema, biasSchema, facetSchema, SILENT, UNSUPPORTED } from './config-schema.ts';

const BIAS = ['pre_training_bias', 'post_training_bias'] as const;

/** What is not run, in words: keys of Clarify that are not supported, and keys nobody knows. */
export function skippedKeys(config: AnalysisConfig): string[] {
  const elsewhere = Object.keys(UNSUPPORTED).concat(SILENT);
  const ofMethods = elsewhere.flatMap((key) => (key.startsWith('methods.') ? [key.slice('methods.'.length)] : []));
  return [
    ...keysOf(config, '', [...Object.keys(analysisConfigSchema.shape), ...elsewhere.filter((key) => !key.includes('.'))]),
    ...keysOf(config.methods, 'methods.', [...BIAS, ...ofMethods]),
    ...BIAS.flatMap((stage) => keysOf(config.methods?.[stage], `methods.${stage}.`, Object.keys(biasSchema.shape))),
    ...(config.facet ?? []).flatMap((facet, i) => keysOf(facet, `facet.${i}.`, Object.keys(facetSchema.shape))),
  ];
}

function keysOf(part: object | undefined, at: string, known: string[]): string[] {
  return Object.keys(part ?? {}).flatMap((name) => {
    const key = `${at}${name}`;
    if (SILENT.includes(key)) return [];
    if (UNSUPPORTED[key] !== undefined) return [`"${key}" is skipped: ${UNSUPPORTED[key]}`];
    if (known.includes(name)) return [];
    const near = nearest(name, known);
    return [`unknown key "${key}" is skipped${near === null ? '' : `; did you mean "${at}${near}"?`}`];
  });
}
