import { Killed, Unavailable } from './failures.ts';
import { type Faults, type Met, nothingMet } from './faults.ts';
import { type Machine, machineFor, NO_MEMORY, NO_SPACE, NO_SPILL } from './machine.ts';

const SLOW_READ_MS = 25;

/** What goes wrong in one process, by chance: the same for the same draws and calls. */
export class Trouble {
  /** Steps so far: whatever leaves the process, written or sent. */
  steps = 0;
  /** Kills at this step, counted from 1. */
  killAt: { step: number; before: boolean } | null = null;
  /** Statements of the engine so far, and writes to disk. */
  statements = 0;
  writes = 0;
  machine: Machine;
  private dead: Killed | null = null;

  constructor(
    private readonly faults: Faults,
    private readonly draw: () => number,
    /** Faults that happened, by kind. */
    readonly met: Met = nothingMet(),
  ) {
    this.machine = machineFor(faults, draw);
    if (this.machine.lacks === 'tight') this.met.tight++;
  }

  /** Any call at all. */
  async call<T>(make: () => Promise<T>): Promise<T> {
    if (this.faults.slow > 0) await pause(this.draw() * this.faults.slow);
    this.live();
    if (this.draw() < this.faults.refused)
      this.fail('refused', new Unavailable(this.draw() < 0.5 ? '503 Slow Down' : '500 Internal Error'));
    return make();
  }

  /** A call that leaves something behind. */
  step<T>(make: () => Promise<T>): Promise<T> {
    return this.call(async () => {
      const step = ++this.steps;
      this.die('before', step, this.faults.killedBefore);
      const result = await make();
      this.die('after', step, this.faults.killedAfter);
      return result;
    });
  }

  /** A download, that may take long: longer than the function may run. */
  async read<T>(make: () => Promise<T>): Promise<T> {
    return this.call(async () => {
      if (this.draw() >= this.faults.slowRead) return make();
      this.met.slowReads++;
      await pause(SLOW_READ_MS);
      if (this.draw() < 0.25) this.kill('killed', 'timed out while it read');
      return make();
    });
  }

  /** A download, of which half may come. */
  breakOff(halve: () => void): void {
    if (this.draw() >= this.faults.partial) return;
    halve();
    this.fail('partial', new Unavailable('the connection was closed'));
  }

  /** A statement of the engine: it may be one too many. */
  statement(sql: string): void {
    this.live();
    const { lacks, at } = this.machine;
    if (++this.statements === at) {
      if (lacks === 'death') this.kill('death', 'died of memory');
      if (lacks === 'memory') this.fail('memory', new Error(NO_MEMORY));
      if (lacks === 'spill') this.fail('spill', new Error(NO_SPILL));
    }
    if (sql.startsWith('COPY')) this.write(() => new Error(NO_SPACE));
  }

  /** Something is written to /tmp, which may be full from here on. */
  write(error: () => Error): void {
    const { lacks, at } = this.machine;
    if (++this.writes < at || lacks !== 'disk') return;
    if (this.writes > at) throw error();
    this.fail('disk', error());
  }

  /** The engine gave up by itself. */
  refusedBy(error: Error): void {
    if (this.machine.lacks === 'starved' && error.message.startsWith('Out of Memory Error')) this.met.starved++;
  }

  /** What a dead process wants to do does not happen. */
  private live(): void {
    if (this.dead !== null) throw this.dead;
  }

  private die(when: 'before' | 'after', step: number, chance: number): void {
    const planned = this.killAt?.step === step && this.killAt.before === (when === 'before');
    if (planned || this.draw() < chance) this.kill('killed', `killed ${when} a step`);
  }

  private kill(kind: 'killed' | 'death', how: string): never {
    this.dead = new Killed(how);
    this.fail(kind, this.dead);
  }

  private fail(kind: keyof Met, error: Error): never {
    this.met[kind]++;
    throw error;
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
