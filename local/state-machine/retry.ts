import type { Retrier } from './definition.ts';
import type { StatesError } from './path.ts';
import type { World } from './world.ts';

/** Tries as the first retrier that knows an error says: each counts its own attempts, and waits longer each time, with jitter. */
export async function retried<T>(retriers: readonly Retrier[], world: World, attempt: () => Promise<T>): Promise<T> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const { name } = error as StatesError;
      const retrier = retriers.find(({ ErrorEquals }) => ErrorEquals.includes(name) || ErrorEquals.includes('States.ALL'));
      const before = retrier === undefined ? 0 : (used.get(retrier) ?? 0);
      if (retrier === undefined || before >= retrier.MaxAttempts) throw error;
      used.set(retrier, before + 1);
      await world.wait(pauseOf(retrier, before, world.random()));
    }
  }
}

function pauseOf(
  { IntervalSeconds, BackoffRate, MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy }: Retrier,
  before: number,
  random: number,
): number {
  const longest = Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** before);
  return JitterStrategy === 'FULL' ? longest * random : longest;
}
