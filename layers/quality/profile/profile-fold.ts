import type { StateSet } from '../engine/scan-plan.ts';
import { folderOf } from '../states/folder.ts';
import type { Context, Folder, Json } from '../states/state.ts';
import { type Contexts, type Profile, partsOf, stateOf } from './profile.ts';

/** Folds encoded profiles of the same cuts: what decoding and merging them in that order comes to, without a profile for each. */
export class ProfileFold {
  private rows = 0;
  private readonly columns = new Map<string, SetFold>();
  private readonly table = new SetFold({});

  constructor(
    private readonly cutsId: string,
    private readonly contexts: Contexts,
  ) {}

  add(json: Json): void {
    const { states, cuts, rows, table, columns } = partsOf(json);
    if (cuts !== this.cutsId) throw new Error(`profile: cuts ${this.cutsId} and ${cuts} do not merge`);
    this.rows += rows;
    this.table.add(table, states);
    for (const [name, set] of columns) {
      let fold = this.columns.get(name);
      if (fold === undefined) this.columns.set(name, (fold = new SetFold(this.contexts.get(name) ?? {})));
      fold.add(set, states);
    }
  }

  result(): Profile {
    const columns = new Map([...this.columns].map(([name, fold]) => [name, fold.result()]));
    return { cutsId: this.cutsId, rows: this.rows, columns, table: this.table.result() };
  }
}

/** The states of one column, or of the table. */
class SetFold {
  private readonly folders = new Map<string, Folder>();

  constructor(private readonly context: Context) {}

  add(json: Json, version: number): void {
    for (const [name, state] of Object.entries(json as Record<string, Json>)) {
      let folder = this.folders.get(name);
      if (folder === undefined) this.folders.set(name, (folder = folderOf(stateOf(name), this.context)));
      folder.add(state, version);
    }
  }

  result(): StateSet {
    return Object.fromEntries([...this.folders].map(([name, folder]) => [name, folder.result()]));
  }
}
