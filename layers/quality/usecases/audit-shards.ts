import { mergeProfiles, type Profile } from '../profile/profile.ts';
import { type FoldCuts, type Shard, ShardHere } from './audit-shard.ts';
import { ShardThread } from './audit-shard-thread.ts';

/** Fewer profiles are not worth a thread's start. */
const FEWEST = 200;
const SHARDS = 2;

/**
 * The shards that a window's profiles are folded in, each in turn: as many as their number says, and never as there are threads, so that
 * what they come to is the same on one thread and on several.
 */
export function openShards(profiles: number, cuts: FoldCuts | null, workerFile: string | undefined): Shard[] {
  if (profiles < FEWEST) return [new ShardHere(cuts)];
  return Array.from({ length: SHARDS }, () => (workerFile === undefined ? new ShardHere(cuts) : new ShardThread(workerFile, cuts)));
}

/** What all shards come to; null where none has anything. */
export async function mergeShards(shards: readonly Shard[]): Promise<Profile | null> {
  const folded = await Promise.all(shards.map((shard) => shard.result()));
  return folded.reduce((all, next) => (all === null || next === null ? (all ?? next) : mergeProfiles(all, next)));
}
