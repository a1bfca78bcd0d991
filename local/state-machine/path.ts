import type { Template } from './definition.ts';

/** An error that a state machine knows by name, and may retry. */
export class StatesError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

const PATH = /^\$(\.[A-Za-z_]\w*)*$/;

function stepsOf(path: string): string[] {
  if (!PATH.test(path)) throw new StatesError('States.Runtime', `${path}: only paths as $.a.b are known here`);
  return path.split('.').slice(1);
}

/** What lies at a path; undefined where there is nothing. */
export const valueAt = (path: string, input: unknown): unknown =>
  stepsOf(path).reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Template)[step] : undefined),
    input,
  );

/** What lies at a path, which has to be there. */
export function requireAt(path: string, input: unknown): unknown {
  const value = valueAt(path, input);
  if (value === undefined) throw new StatesError('States.ParameterPathFailure', `there is nothing at ${path} in the input`);
  return value;
}

/** The input with a result put at a path `$.name`. */
export const withResult = (path: string, input: unknown, result: unknown): unknown => ({
  ...(input as Template),
  [stepsOf(path)[0]!]: result,
});

/** Parameters: a field whose name ends with `.$` is a path into the input, any other is itself. */
export const filled = (template: Template, input: unknown): Template =>
  Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$') ? [name.slice(0, -2), requireAt(String(value), input)] : [name, value],
    ),
  );
