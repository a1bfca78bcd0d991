import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { type Monitor, UsageError } from '../../contract/index.ts';
import type { Json } from '../json/parse-json.ts';

export type Query = (document: Json) => Json;

/** The monitor's `input` with its expressions compiled. */
export interface CaptureInput {
  names?: readonly string[];
  features?: Query;
  prediction?: Query;
  score?: Query;
}

/** Checks and compiles `input`; throws UsageError. */
export const prepareCapture = (input: Monitor['input']): CaptureInput => {
  const repeated = input?.names?.find((name, i, names) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw new UsageError(`input.names: "${repeated}" is there twice; every column needs a name of its own`);
  if (input?.names?.length === 0) throw new UsageError('input.names: expected at least one name; leave it out where there are none');
  return {
    names: input?.names,
    features: compileQuery('features', input?.features),
    prediction: compileQuery('prediction', input?.prediction),
    score: compileQuery('score', input?.score),
  };
};

const compileQuery = (key: string, expression?: string): Query | undefined => {
  if (expression === undefined) return undefined;
  try {
    const tree = compile(expression);
    return (document) => TreeInterpreter.search(tree, document as JSONValue) as Json;
  } catch (error) {
    throw new UsageError(`input.${key}: expected a JMESPath expression; found "${expression}" (${(error as Error).message})`);
  }
};
