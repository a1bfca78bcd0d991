import type { Context, Folder, State } from './state.ts';

/** Folds encoded states of one kind: the state's own way, or by decoding and merging each. */
export function folderOf<S>(state: State<S>, context: Context): Folder<S> {
  if (state.folder !== undefined) return state.folder(context);
  let folded: S | undefined;
  return {
    add(json, version) {
      const next = state.decode(json, version, context);
      folded = folded === undefined ? next : state.merge(folded, next);
    },
    result: () => folded ?? state.create(context),
  };
}
