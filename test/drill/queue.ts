import type { ArrivedObject } from '../../layers/quality/usecases/process-object.ts';

export interface Delivered {
  sent: number;
  delivered: number;
  retried: number;
  dead: ArrivedObject[];
  /** By outcome of the last delivery of each message. */
  outcomes: Map<string, number>;
}

const MOST_RECEIVES = 5;

/** Delivers messages as a queue does: at least once, in no order, a failed one again, up to five times; then it is a dead letter. */
export async function deliver(
  messages: readonly ArrivedObject[],
  draw: () => number,
  work: (message: ArrivedObject) => Promise<string>,
): Promise<Delivered> {
  const waiting = messages.map((message) => ({ message, receives: 0 }));
  const result: Delivered = { sent: messages.length, delivered: 0, retried: 0, dead: [], outcomes: new Map() };
  while (waiting.length > 0) {
    const at = Math.floor(draw() * waiting.length);
    const [next] = waiting.splice(at, 1, waiting.at(-1)!);
    waiting.pop();
    next!.receives++;
    result.delivered++;
    if (next!.receives > 1) result.retried++;
    try {
      const outcome = await work(next!.message);
      result.outcomes.set(outcome, (result.outcomes.get(outcome) ?? 0) + 1);
    } catch {
      if (next!.receives < MOST_RECEIVES) waiting.push(next!);
      else result.dead.push(next!.message);
    }
  }
  return result;
}
