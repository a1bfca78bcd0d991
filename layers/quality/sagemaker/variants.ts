import type { DescribeEndpointConfigOutput, DescribeEndpointOutput, ProductionVariant } from '@aws-sdk/client-sagemaker';
import { UsageError } from '../contract/errors.ts';
import { nearest } from '../contract/nearest.ts';
import { clean, enumerated } from './words.ts';

export interface Variant {
  name: string;
  shadow: boolean;
  serverless: boolean;
  /** Share of the traffic, relative to the others; 0 of a shadow. */
  weight: number;
  /** Null where the variant runs inference components, or the configuration could not be read. */
  model: string | null;
}

/** All variants of an endpoint, those with the most traffic first, shadows last. */
export function variantsOf(endpoint: DescribeEndpointOutput, config: DescribeEndpointConfigOutput | null): Variant[] {
  const list = (kind: 'ProductionVariants' | 'ShadowProductionVariants', shadow: boolean): Variant[] => {
    const set = new Map((config?.[kind] ?? []).map((variant) => [variant.VariantName ?? '', variant]));
    const now = new Map((endpoint[kind] ?? []).map((variant) => [variant.VariantName ?? '', variant]));
    const names = now.size > 0 ? [...now.keys()] : [...set.keys()];
    return names.map((name) => {
      const weight = now.get(name)?.CurrentWeight ?? set.get(name)?.InitialVariantWeight ?? 1;
      const serverless = (now.get(name)?.CurrentServerlessConfig ?? set.get(name)?.ServerlessConfig) !== undefined;
      return { name, shadow, serverless, weight: shadow ? 0 : weight, model: modelOf(set.get(name)) };
    });
  };
  const production = list('ProductionVariants', false).sort((a, b) => b.weight - a.weight);
  return [...production, ...list('ShadowProductionVariants', true)];
}

const modelOf = (variant: ProductionVariant | undefined): string | null => variant?.ModelName ?? null;

/** The variant asked for; an error names those there are. */
export function pickVariant(variants: readonly Variant[], wanted: string, endpoint: string): Variant {
  const found = variants.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = variants.map(({ name }) => name);
  const near = nearest(wanted, names);
  const hint = near === null ? '' : `; did you mean "${clean(near)}"?`;
  const there = names.length === 0 ? ': its variants are not known yet' : `, but ${enumerated(names)}`;
  throw new UsageError(`--variant: endpoint ${endpoint} has no variant "${clean(wanted)}"${there}${hint}`);
}

/** What the variants mean for a monitor of the whole endpoint. */
export function variantNotes(variants: readonly Variant[]): string[] {
  const named = (of: Variant[]): string => enumerated(of.map(({ name }) => name));
  const shadows = variants.filter(({ shadow }) => shadow);
  if (shadows.length === 0) return [];
  const production = variants.filter(({ shadow }) => !shadow);
  return [
    `shadow variant ${named(shadows)} answers copies of requests, and its files lie under the same prefix: what callers never saw is counted too; --variant ${clean(production[0]?.name ?? 'NAME')} leaves it out`,
  ];
}

/** Why capture cannot be had at all; null where it can. */
export const unsupportedCapture = (variants: readonly Variant[]): string | null =>
  variants.some(({ serverless }) => serverless)
    ? 'serverless variants cannot capture: serve the model from instances, or let the application write its requests and answers to S3'
    : null;
