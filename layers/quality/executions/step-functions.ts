import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';
import { type ExecutionState, type Executions, ExecutionsError } from './executions.ts';

const MACHINE = /^arn:[\w-]+:states:([\w-]+):\d{12}:stateMachine:[\w-]{1,80}$/;
const ATTEMPTS = 4;
const LONGEST_REASON = 2000;

/** The executions of a state machine by its ARN, in whose region it is asked for, or wherever AWS_ENDPOINT_URL_SFN points to. */
export function createExecutions(machineArn: string): Executions {
  const region = MACHINE.exec(machineArn)?.[1];
  if (region === undefined)
    throw new ExecutionsError(`"${machineArn}" is no ARN of a state machine: expected arn:aws:states:REGION:ACCOUNT:stateMachine:NAME`);
  let loaded: ReturnType<typeof load> | undefined;
  const asked = (): ReturnType<typeof load> => (loaded ??= load(region));
  const arnOf = (name: string): string => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    async start(name, input) {
      const { client, sdk } = await asked();
      const command = new sdk.StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) });
      await client.send(command).catch((error: Error) => {
        if (error.name !== 'ExecutionAlreadyExists') throw told(machineArn, error);
      });
    },
    async describe(name) {
      const { client, sdk } = await asked();
      try {
        return stateOf(await client.send(new sdk.DescribeExecutionCommand({ executionArn: arnOf(name) })));
      } catch (error) {
        if ((error as Error).name === 'ExecutionDoesNotExist') return null;
        throw told(machineArn, error as Error);
      }
    },
  };
}

/** Loaded when something is asked: most calls never do. */
async function load(region: string) {
  const sdk = await import('@aws-sdk/client-sfn');
  return { sdk, client: new sdk.SFNClient({ region, maxAttempts: ATTEMPTS }) };
}

const told = (machineArn: string, { name, message }: Error): ExecutionsError => new ExecutionsError(`${machineArn}: ${message || name}`);

function stateOf({ status, startDate, stopDate, input, output, error, cause }: DescribeExecutionOutput): ExecutionState {
  const well = status === 'SUCCEEDED' || status === 'RUNNING' || status === 'PENDING_REDRIVE';
  const reason = [error ?? status, cause].filter((part) => part !== undefined).join(': ');
  return {
    status: status === 'SUCCEEDED' ? 'succeeded' : well ? 'running' : 'failed',
    started: startDate!.toISOString(),
    ended: stopDate?.toISOString() ?? null,
    input: input ?? '{}',
    output: output ?? null,
    reason: well ? null : reason.slice(0, LONGEST_REASON),
  };
}
