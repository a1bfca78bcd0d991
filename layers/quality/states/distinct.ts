import { addHash, type BottomK, createBottomK, decodeBottomK, encodeBottomK, mergeBottomK } from './bottom-k.ts';
import { hashNumber, hashText } from './hash.ts';
import { defineState } from './state.ts';

/** Distinct present values of a column (or distinct rows of a table) and how often each occurs, by a bottom-k sketch. */
export const distinct = defineState<BottomK, 'number' | 'counted' | 'hashed'>({
  name: 'distinct',
  version: 1,
  on: ['number', 'counted', 'hashed'],
  create: ({ sketchSize = 256 }) => createBottomK(sketchSize),
  update(state, vector) {
    if (vector.kind === 'number') for (let i = 0; i < vector.values.length; i++) addHash(state, hashNumber(vector.values[i]!), 1);
    else if (vector.kind === 'counted')
      for (let i = 0; i < vector.values.length; i++) addHash(state, hashText(vector.values[i]!), vector.counts[i]!);
    else for (let i = 0; i < vector.hashes.length; i++) addHash(state, vector.hashes[i]!, 1);
  },
  merge: mergeBottomK,
  encode: encodeBottomK,
  decode: decodeBottomK,
});
