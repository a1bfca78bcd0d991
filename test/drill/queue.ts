export interface Delivered<Message> {
  sent: number;
  delivered: number;
  retried: number;
  dead: { message: Message; reason: string }[];
}

const MOST_RECEIVES = 5;

/** Delivers messages as a queue does: at least once, in no order, a failed one again, up to five times; then it is a dead letter, and the log says why. */
export async function deliver<Message>(
  messages: readonly Message[],
  draw: () => number,
  work: (message: Message) => Promise<unknown>,
): Promise<Delivered<Message>> {
  const waiting = messages.map((message) => ({ message, receives: 0 }));
  const result: Delivered<Message> = { sent: messages.length, delivered: 0, retried: 0, dead: [] };
  while (waiting.length > 0) {
    const at = Math.floor(draw() * waiting.length);
    const [next] = waiting.splice(at, 1, waiting.at(-1)!);
    waiting.pop();
    next!.receives++;
    result.delivered++;
    if (next!.receives > 1) result.retried++;
    try {
      await work(next!.message);
    } catch (error) {
      if (next!.receives < MOST_RECEIVES) waiting.push(next!);
      else result.dead.push({ message: next!.message, reason: (error as Error).message.split('\n')[0]! });
    }
  }
  return result;
}
