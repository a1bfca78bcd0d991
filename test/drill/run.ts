import { type Faults, type Met, NO_FAULTS, nothingMet } from './faults.ts';
import { type Delivered, deliver } from './queue.ts';
import { Trouble } from './trouble.ts';

export interface Run extends Omit<Delivered<unknown>, 'dead'> {
  met: Met;
  /** Dead letters, by reason. */
  dead: string[];
  /** Why dead letters stayed dead without faults: none may but messages that tell of no object. */
  unreadable: string[];
}

export const nothingRun = (): Run => ({ sent: 0, delivered: 0, retried: 0, dead: [], unreadable: [], met: nothingMet() });

/** Delivers with faults, and what is dead then once more without. */
export async function run<Message>(
  draw: () => number,
  faults: Faults,
  messages: Message[],
  work: (message: Message, trouble: Trouble) => Promise<unknown>,
): Promise<Run> {
  const met = nothingMet();
  const delivered = await deliver(messages, draw, (message) => work(message, new Trouble(faults, draw, met)));
  const letters = delivered.dead.map(({ message }) => message);
  const again = await deliver(letters, draw, (message) => work(message, new Trouble(NO_FAULTS, draw)));
  const reasons = ({ dead }: Delivered<Message>): string[] => dead.map(({ reason }) => reason);
  return { ...delivered, met, dead: reasons(delivered), unreadable: reasons(again) };
}

/** Counts one run more in a total. */
export function add<Total extends Run>(total: Total, { met, ...run }: Run): Total {
  for (const name of ['sent', 'delivered', 'retried'] as const) total[name] += run[name];
  for (const name of ['dead', 'unreadable'] as const) total[name].push(...run[name]);
  for (const kind of Object.keys(met) as (keyof Met)[]) total.met[kind] += met[kind];
  return total;
}
