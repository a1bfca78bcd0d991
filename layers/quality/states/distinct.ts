import { addHash, type BottomK, createBottomK, decodeBottomK, encodeBottomK, folderOfBottomK, mergeBottomK } from './bottom-k.ts';
import { hashNumber, hashText, placesWithin } from './hash.ts';
import { defineState } from './state.ts';

/** Distinct present values of a column (or distinct rows of a table) and how often each occurs, by a bottom-k sketch. */
export const distinct = defineState<BottomK, 'number' | 'weighted' | 'counted' | 'hashed'>({
  name: 'distinct',
  version: 1,
  on: ['number', 'weighted', 'counted', 'hashed'],
  create: ({ sketchSize = 256 }) => createBottomK(sketchSize),
  update(state, vector) {
    if (vector.kind === 'number') addNumbers(state, vector.values);
    else if (vector.kind === 'weighted')
      for (let i = 0; i < vector.values.length; i++) addHash(state, hashNumber(vector.values[i]!), vector.counts[i]!);
    else if (vector.kind === 'counted')
      for (let i = 0; i < vector.values.length; i++) addHash(state, hashText(vector.values[i]!), vector.counts[i]!);
    else for (let i = 0; i < vector.hashes.length; i++) addHash(state, vector.hashes[i]!, 1);
  },
  merge: mergeBottomK,
  encode: encodeBottomK,
  decode: decodeBottomK,
  folder: ({ sketchSize = 256 }) => folderOfBottomK(() => createBottomK(sketchSize)),
});

const BLOCK = 2048;
const places = new Uint32Array(BLOCK);

function addNumbers(sketch: BottomK, values: Float64Array): void {
  for (let start = 0; start < values.length; start += BLOCK) {
    const block = values.subarray(start, start + BLOCK);
    const found = placesWithin(block, sketch.limit, places);
    for (let i = 0; i < found; i++) addHash(sketch, hashNumber(block[places[i]!]!), 1);
  }
}
