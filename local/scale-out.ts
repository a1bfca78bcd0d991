import { setTimeout } from 'node:timers/promises';
import { backfillMachine, MACHINE_DEFAULTS, type MachinePlaces } from '../layers/quality/contract/backfill-machine.ts';
import { ACCOUNT, REGION } from './events.ts';
import { Executions, type ListedObject, type StatesServer, startStates } from './state-machine/index.ts';

export const MACHINE_ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:assay-backfill`;
/** A second of waiting before something is tried again takes so long: there is nothing here that needs time to recover. */
const SECOND = 20;

export interface ScaleOutOptions {
  dataBucket: string;
  s3Url: string;
  list: (bucket: string, prefix: string) => ListedObject[];
  /** The functions behind the machine. */
  functions: { ingest: (event: unknown) => Promise<unknown>; audit: (event: unknown) => Promise<unknown> };
  log?: (line: string) => void;
}

/** The deployed state machine, over the functions and buckets of this machine. */
export async function startScaleOut({
  dataBucket,
  s3Url,
  list,
  functions,
  log,
}: ScaleOutOptions): Promise<StatesServer & { idle(): Promise<void> }> {
  const places: MachinePlaces = { Partition: 'aws', IngestFunction: 'ingest', AuditFunction: 'audit', DataBucket: dataBucket };
  const world = {
    invoke: (name: string, payload: unknown) => functions[name as keyof typeof functions](payload),
    list,
    put: (bucket: string, key: string, body: string) => put(`${s3Url}/${bucket}/${key}`, body),
    wait: (seconds: number) => setTimeout(seconds * SECOND),
    random: Math.random,
  };
  const executions = new Executions(MACHINE_ARN, filledIn(places), world, log);
  return { ...(await startStates(executions)), idle: () => executions.idle() };
}

/** The definition as CloudFormation fills it in. */
const filledIn = (places: MachinePlaces) =>
  JSON.parse(JSON.stringify(backfillMachine(MACHINE_DEFAULTS)).replaceAll(/\$\{(\w+)\}/g, (_, name: keyof MachinePlaces) => places[name]));

async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body });
  if (!response.ok) throw new Error(`PUT ${url}: ${response.status}`);
}
