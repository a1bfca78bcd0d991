/** The process ends here: nothing after it happens, what was written stays and what was sent is gone. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A service answering 500 or 503, or breaking off. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

export interface Faults {
  /** Chance that a call is refused. */
  refused: number;
  /** Chance that a download breaks off half way. */
  partial: number;
  /** Chance that the process is killed just before something is written or sent, and just after it. */
  killedBefore: number;
  killedAfter: number;
  /** Milliseconds a call may take longer. */
  slow: number;
}

export const NO_FAULTS: Faults = { refused: 0, partial: 0, killedBefore: 0, killedAfter: 0, slow: 0 };

export type Met = Record<'refused' | 'partial' | 'killed', number>;
export const nothingMet = (): Met => ({ refused: 0, partial: 0, killed: 0 });

/** What goes wrong in one process, by chance: the same for the same draws and calls. */
export class Trouble {
  /** Steps so far: whatever leaves the process, written or sent. */
  steps = 0;
  /** Kills at this step, counted from 1. */
  killAt: { step: number; before: boolean } | null = null;

  constructor(
    private readonly faults: Faults,
    private readonly draw: () => number,
    /** Faults that happened, by kind. */
    readonly met: Met = nothingMet(),
  ) {}

  /** Any call at all. */
  async call<T>(make: () => Promise<T>): Promise<T> {
    if (this.faults.slow > 0) await new Promise((resolve) => setTimeout(resolve, this.draw() * this.faults.slow));
    if (this.draw() < this.faults.refused) this.fail('refused', new Unavailable('503 Slow Down'));
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

  /** A download, of which half may come. */
  breakOff(halve: () => void): void {
    if (this.draw() >= this.faults.partial) return;
    halve();
    this.fail('partial', new Unavailable('the connection was closed'));
  }

  private die(when: 'before' | 'after', step: number, chance: number): void {
    const planned = this.killAt?.step === step && this.killAt.before === (when === 'before');
    if (planned || this.draw() < chance) this.fail('killed', new Killed(`${when} step ${step}`));
  }

  private fail(kind: keyof Met, error: Error): never {
    this.met[kind]++;
    throw error;
  }
}
