import { randomUUID } from 'node:crypto';
import { atMost } from './at-most.ts';
import type { DistributedMap } from './definition.ts';
import { filled, StatesError } from './path.ts';
import type { ListedObject, World } from './world.ts';
import { type ChildRecord, writeResults } from './write-results.ts';

/** Names of what a Distributed Map starts. */
export interface Children {
  /** ARN of the machine. */
  machineArn: string;
}

type Batch = { BatchInput: unknown; Items: ListedObject[] };

/** Lists, batches, runs a child for each batch, writes what became of them: all of it, also where too many failed. An empty prefix is no child and no failure. */
export async function runDistributedMap(
  map: DistributedMap,
  input: unknown,
  world: World,
  { machineArn }: Children,
  runChild: (input: unknown) => Promise<unknown>,
): Promise<unknown> {
  const { Bucket, Prefix } = filled(map.ItemReader.Parameters, input) as { Bucket: string; Prefix: string };
  const batches = batchesOf(listed(world, Bucket, Prefix), map.ItemBatcher.MaxItemsPerBatch, filled(map.ItemBatcher.BatchInput, input));
  const items = batches.reduce((sum, { Items }) => sum + Items.length, 0);
  const records: ChildRecord[] = batches.map((batch) => pending(machineArn, map.Label, batch));
  let failed = 0;
  const exceeded = (): boolean => failed > (items * map.ToleratedFailurePercentage) / 100;
  await atMost(map.MaxConcurrency, records, async (record) => {
    if (exceeded()) return;
    await settle(record, runChild);
    if (record.Status === 'FAILED') failed += (JSON.parse(record.Input) as Batch).Items.length;
  });
  const mapRun = `${machineArn.replace(':stateMachine:', ':mapRun:')}/${map.Label}:${randomUUID()}`;
  const target = filled(map.ResultWriter.Parameters, input) as { Bucket: string; Prefix: string };
  const result = await writeResults(world, mapRun, target, records);
  if (exceeded())
    throw new StatesError(
      'States.ExceedToleratedFailureThreshold',
      `The specified tolerated failure threshold was exceeded: ${failed} of ${items} items failed`,
    );
  return result;
}

function listed(world: World, bucket: string, prefix: string): ListedObject[] {
  try {
    return world.list(bucket, prefix);
  } catch (error) {
    throw new StatesError('States.ItemReaderFailed', `s3://${bucket}/${prefix}: ${(error as Error).message}`);
  }
}

const batchesOf = (items: ListedObject[], size: number, BatchInput: unknown): Batch[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => ({ BatchInput, Items: items.slice(i * size, (i + 1) * size) }));

function pending(machineArn: string, label: string, batch: Batch): ChildRecord {
  const Name = randomUUID();
  return {
    ExecutionArn: `${machineArn.replace(':stateMachine:', ':execution:')}/${label}:${Name}`,
    Input: JSON.stringify(batch),
    InputDetails: { Included: true },
    Name,
    StateMachineArn: `${machineArn}/${label}`,
    Status: 'PENDING',
  };
}

async function settle(record: ChildRecord, runChild: (input: unknown) => Promise<unknown>): Promise<void> {
  record.StartDate = new Date().toISOString();
  try {
    record.Output = JSON.stringify(await runChild(JSON.parse(record.Input)));
    record.OutputDetails = { Included: true };
    record.Status = 'SUCCEEDED';
  } catch (error) {
    const { name, message } = error as Error;
    Object.assign(record, { Error: name, Cause: message, Status: 'FAILED' });
  }
  record.StopDate = new Date().toISOString();
}
