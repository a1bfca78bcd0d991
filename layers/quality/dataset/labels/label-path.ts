import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { UsageError } from '../../contract/index.ts';
import type { Json } from '../json/parse-json.ts';

export type LabelQuery = (document: Json) => Json;

/** Compiles the path to labels in a JSON payload; throws UsageError. A projection (`[*]`) leaves out nulls, as JMESPath has it. */
export function compileLabelPath(expression: string | undefined): LabelQuery | undefined {
  if (expression === undefined) return undefined;
  try {
    const tree = compile(expression);
    return (document) => TreeInterpreter.search(tree, document as JSONValue) as Json;
  } catch (error) {
    throw new UsageError(`labels: expected a JMESPath expression; found "${expression}" (${(error as Error).message})`);
  }
}
