import { atMost } from './at-most.ts';
import type { Choice, InlineMap, Machine, State, Task } from './definition.ts';
import { isDistributed } from './definition.ts';
import { type Children, runDistributedMap } from './distributed-map.ts';
import { filled, requireAt, StatesError, valueAt, withResult } from './path.ts';
import { retried } from './retry.ts';
import type { World } from './world.ts';

/** What runs of a machine share. */
export interface Run {
  world: World;
  children: Children;
}

/** Runs a machine, or a part of one, from its start to its end: the output, or a StatesError. */
export async function runMachine(machine: Machine, input: unknown, run: Run): Promise<unknown> {
  let value = input;
  for (let name: string | null = machine.StartAt; name !== null; ) {
    const state: State | undefined = machine.States[name];
    if (state === undefined) throw new StatesError('States.Runtime', `there is no state "${name}"`);
    [value, name] = await step(state, value, run);
  }
  return value;
}

async function step(state: State, input: unknown, run: Run): Promise<[unknown, string | null]> {
  switch (state.Type) {
    case 'Succeed':
      return [input, null];
    case 'Choice':
      return [input, choose(state, input)];
    case 'Task':
      return [await perform(state, input, run), state.Next ?? null];
    case 'Map': {
      const result = isDistributed(state)
        ? await runDistributedMap(state, input, run.world, run.children, (child) => runMachine(state.ItemProcessor, child, run))
        : await runInlineMap(state, input, run);
      return [withResult(state.ResultPath, input, result), state.Next ?? null];
    }
  }
}

function choose({ Choices, Default }: Choice, input: unknown): string {
  const holds = ({ Variable, IsPresent, NumericGreaterThan }: Choice['Choices'][number]): boolean => {
    if (IsPresent !== undefined) return (valueAt(Variable, input) !== undefined) === IsPresent;
    const value = requireAt(Variable, input);
    return typeof value === 'number' && value > NumericGreaterThan!;
  };
  return Choices.find(holds)?.Next ?? Default;
}

async function perform({ Parameters, OutputPath, Retry }: Task, input: unknown, { world }: Run): Promise<unknown> {
  const { FunctionName, Payload } = filled(Parameters, input) as { FunctionName: string; Payload: unknown };
  const answer = await retried(Retry, world, async () => ({ Payload: await called(world, FunctionName, Payload) }));
  return requireAt(OutputPath, answer);
}

/** A function's error as Step Functions has it: the type is the error, the rest the cause. */
async function called(world: World, name: string, payload: unknown): Promise<unknown> {
  try {
    return await world.invoke(name, payload);
  } catch (error) {
    const { errorType = 'Lambda.Unknown', message, trace = [] } = error as Error & { errorType?: string; trace?: string[] };
    throw new StatesError(errorType, JSON.stringify({ errorType, errorMessage: message, trace }));
  }
}

async function runInlineMap({ ItemsPath, MaxConcurrency, ItemProcessor }: InlineMap, input: unknown, run: Run): Promise<unknown[]> {
  const items = requireAt(ItemsPath, input);
  if (!Array.isArray(items)) throw new StatesError('States.Runtime', `${ItemsPath} is no list`);
  return atMost(MaxConcurrency, items, (item) => runMachine(ItemProcessor, item, run));
}
