import { integrationOf } from './definition.ts';

/** The definition has something that is not run here. */
export class UnknownStateError extends Error {
  override readonly name = 'UnknownStateError';
}

const FIELDS: Record<string, string[]> = {
  Task: ['Type', 'Resource', 'Parameters', 'OutputPath', 'TimeoutSeconds', 'Retry', 'Next', 'End'],
  Choice: ['Type', 'Choices', 'Default'],
  Succeed: ['Type'],
  INLINE: ['Type', 'ItemsPath', 'MaxConcurrency', 'ItemProcessor', 'ResultPath', 'Next', 'End'],
  DISTRIBUTED: [
    ...['Type', 'Label', 'MaxConcurrency', 'ToleratedFailurePercentage', 'ItemReader', 'ItemBatcher', 'ItemProcessor'],
    ...['ResultWriter', 'ResultPath', 'Next', 'End'],
  ],
};
const RULE = ['Variable', 'IsPresent', 'NumericGreaterThan', 'Next'];
const RETRIER = ['ErrorEquals', 'IntervalSeconds', 'BackoffRate', 'MaxAttempts', 'MaxDelaySeconds', 'JitterStrategy'];
const INTEGRATIONS: Record<string, string> = { Task: 'lambda:invoke', ItemReader: 's3:listObjectsV2', ResultWriter: 's3:putObject' };
const TOP = ['Comment', 'StartAt', 'States', 'ProcessorConfig'];

type Json = Record<string, unknown>;

/** Refuses a definition before any of it runs: unknown states and fields are named with their place. */
export function checkDefinition(machine: Json, place = ''): void {
  only(machine, TOP, place === '' ? 'the machine' : place);
  for (const [name, state] of Object.entries(machine.States as Record<string, Json>)) checkState(state, `${place}${name}`);
}

function checkState(state: Json, place: string): void {
  const processor = state.ItemProcessor as Json | undefined;
  const kind = state.Type === 'Map' ? String((processor?.ProcessorConfig as Json | undefined)?.Mode) : String(state.Type);
  const fields = FIELDS[kind];
  if (fields === undefined)
    throw new UnknownStateError(`state ${place}: ${kind} is not run here; ${Object.keys(FIELDS).join(', ')} are, the last two of Map`);
  only(state, fields, place);
  for (const rule of (state.Choices ?? []) as Json[]) only(rule, RULE, `${place}.Choices`);
  for (const retrier of (state.Retry ?? []) as Json[]) only(retrier, RETRIER, `${place}.Retry`);
  if (kind === 'Task') integrated(state, 'Task', place);
  for (const part of ['ItemReader', 'ResultWriter'])
    if (state[part] !== undefined) {
      only(state[part] as Json, ['Resource', 'Parameters'], `${place}.${part}`);
      integrated(state[part] as Json, part, `${place}.${part}`);
    }
  if (state.ItemBatcher !== undefined) only(state.ItemBatcher as Json, ['MaxItemsPerBatch', 'BatchInput'], `${place}.ItemBatcher`);
  if (processor !== undefined) checkDefinition(processor, `${place}.`);
}

function only(found: Json, known: string[], place: string): void {
  const other = Object.keys(found).find((name) => !known.includes(name));
  if (other !== undefined) throw new UnknownStateError(`${place}: ${other} is not known here; ${known.join(', ')} are`);
}

function integrated({ Resource }: Json, part: string, place: string): void {
  if (integrationOf(String(Resource)) !== INTEGRATIONS[part])
    throw new UnknownStateError(`${place}: ${Resource} is not run here; ${INTEGRATIONS[part]} is`);
}
