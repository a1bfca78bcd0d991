import { checkDefinition } from './check-definition.ts';
import type { Machine } from './definition.ts';
import { StatesError } from './path.ts';
import { runMachine } from './run-machine.ts';
import type { World } from './world.ts';

/** An execution, as DescribeExecution answers. */
export interface Execution {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  /** Seconds since the epoch. */
  startDate: number;
  stopDate?: number;
  input: string;
  output?: string;
  error?: string;
  cause?: string;
}

const NAME = /^[\w-]{1,80}$/;

/** The executions of one state machine. */
export class Executions {
  private readonly all = new Map<string, Execution>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    readonly machineArn: string,
    private readonly machine: Machine,
    private readonly world: World,
    private readonly log?: (line: string) => void,
  ) {
    checkDefinition(machine as unknown as Record<string, unknown>);
  }

  /** Starts one. The same name with the same input, while it runs, is the same execution. */
  start(name: string, input: string): Execution {
    if (!NAME.test(name)) throw new StatesError('InvalidName', `Invalid Name: '${name}'`);
    const parsed = parsedInput(input);
    const there = this.all.get(name);
    if (there !== undefined) {
      if (there.status === 'RUNNING' && there.input === input) return there;
      throw new StatesError('ExecutionAlreadyExists', `Execution Already Exists: '${there.executionArn}'`);
    }
    const executionArn = `${this.machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const execution: Execution = { executionArn, stateMachineArn: this.machineArn, name, status: 'RUNNING', startDate: seconds(), input };
    this.all.set(name, execution);
    const run = this.run(execution, parsed).finally(() => this.running.delete(run));
    this.running.add(run);
    return execution;
  }

  describe(executionArn: string): Execution {
    const found = [...this.all.values()].find((execution) => execution.executionArn === executionArn);
    if (found === undefined) throw new StatesError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    return found;
  }

  /** Resolves when none is running. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private async run(execution: Execution, input: unknown): Promise<void> {
    try {
      const output = await runMachine(this.machine, input, { world: this.world, children: { machineArn: this.machineArn } });
      Object.assign(execution, { output: JSON.stringify(output), status: 'SUCCEEDED' });
    } catch (error) {
      const { name, message } = error as Error;
      Object.assign(execution, { error: name, cause: message, status: 'FAILED' });
      this.log?.(`execution ${execution.name} failed: ${name}: ${message}`);
    }
    execution.stopDate = seconds();
  }
}

const seconds = (): number => Date.now() / 1000;

function parsedInput(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    throw new StatesError('InvalidExecutionInput', 'Invalid State Machine Execution Input');
  }
}
