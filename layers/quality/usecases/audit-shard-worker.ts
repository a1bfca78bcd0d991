import { parentPort, workerData } from 'node:worker_threads';
import { type FoldCuts, ShardHere } from './audit-shard.ts';

/** What a shard on another thread is asked, several calls in a message, and what it answers to each, in the same order. */
export type ShardCall = ['open', key: string, body: Uint8Array] | ['take', key: string] | ['drop', key: string] | ['result'];
export type ShardAnswer = { result: unknown } | { error: Error };

const shard = new ShardHere(workerData as FoldCuts | null);

function answer(call: ShardCall): unknown {
  if (call[0] === 'open') return shard.open(call[1], Buffer.from(call[2].buffer));
  return call[0] === 'result' ? shard.result() : shard[call[0]](call[1]);
}

function tryTo(call: ShardCall): ShardAnswer {
  try {
    return { result: answer(call) };
  } catch (error) {
    return { error: error as Error };
  }
}

parentPort?.on('message', (calls: ShardCall[]) => parentPort!.postMessage(calls.map(tryTo)));
