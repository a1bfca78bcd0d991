import type { DatasetFile } from '../dataset/open-dataset.ts';
import type { Profile } from '../profile/profile.ts';
import type { Tally } from '../states/tally.ts';
import { ahead } from './ahead.ts';
import { filedKeys, type Part, readParts, type Window } from './audit-parts.ts';
import type { FoldCuts, Taken } from './audit-shard.ts';
import { mergeShards, openShards } from './audit-shards.ts';
import type { ProcessDependencies } from './dependencies.ts';

/** What a window holds. */
export interface FoldedWindow {
  /** The profiles of the baseline's cuts as one; null where there are none. */
  profile: Profile | null;
  /** The objects that count, in the order of their addresses, with their rows within the window. */
  files: DatasetFile[];
  /** Names of all their columns, in first-seen order. */
  columns: string[];
  rows: number;
  rejected: number;
  /** Hashes of the objects that count. */
  hashes: Set<string>;
  /** Of these, the ones with rejected lines. */
  withRejected: { hash: string; uri: string }[];
  /** Addresses of what does not count. */
  replaced: string[];
  deleted: string[];
  /** Profiles of objects that are not known, as an earlier release wrote them. */
  undescribed: number;
  otherCuts: { objects: number; rows: number };
}

interface Seen {
  file: DatasetFile;
  columns: string[];
}

/** Profiles that were decided upon and are not folded yet. */
const DECIDED = 16;

/** Folds the profiles of a window at the cuts. Without cuts to decode them by (null) nothing is merged. */
export async function foldWindow(deps: ProcessDependencies, monitor: string, window: Window, cuts: FoldCuts | null): Promise<FoldedWindow> {
  const listed = await filedKeys(deps, 'profiles', monitor, window);
  const shards = openShards(listed.length, cuts, deps.foldWorkerFile);
  try {
    const folded = await seeParts(readParts(deps, listed, shards), cuts);
    const profile = await mergeShards(shards);
    return { ...folded, profile: profile === null ? null : withAbsent(profile) };
  } finally {
    await Promise.all(shards.map((shard) => shard.close()));
  }
}

/** Takes the profiles that count, in the order they come, and keeps what they are of. */
async function seeParts(parts: AsyncIterable<Part>, cuts: FoldCuts | null): Promise<Omit<FoldedWindow, 'profile'>> {
  const seen = new Map<string, Seen>();
  const dropped = { replaced: new Set<string>(), deleted: new Set<string>() };
  const window = { hashes: new Set<string>(), withRejected: [] as FoldedWindow['withRejected'], undescribed: 0 };
  const others = { objects: new Set<string>(), rows: 0 };
  for await (const { part, taken } of ahead(parts, DECIDED, takePart)) {
    const { hash, uri } = part;
    if (part.dropped !== null) dropped[part.dropped].add(uri);
    if (taken === null) continue;
    window.hashes.add(hash);
    if (part.object === null) window.undescribed++;
    else if (part.object.rejected > 0) window.withRejected.push({ hash, uri });
    see(seen, part, taken);
    if (taken.rows === 0 || cuts === null || taken.cutsId === cuts.id) continue;
    others.objects.add(hash);
    others.rows += taken.rows;
  }
  return {
    ...window,
    ...totals([...seen.values()]),
    replaced: [...dropped.replaced].sort(),
    deleted: [...dropped.deleted].sort(),
    otherCuts: { objects: others.objects.size, rows: others.rows },
  };
}

async function takePart(part: Part): Promise<{ part: Part; taken: Taken | null }> {
  const { shard, key, dropped } = part;
  if (dropped === null) return { part, taken: await shard.take(key) };
  await shard.drop(key);
  return { part, taken: null };
}

function totals(seen: Seen[]): Pick<FoldedWindow, 'files' | 'columns' | 'rows' | 'rejected'> {
  const objects = [...seen].sort((a, b) => Buffer.compare(Buffer.from(a.file.uri), Buffer.from(b.file.uri)));
  const files = objects.map(({ file }) => file);
  return {
    files,
    columns: [...new Set(objects.flatMap(({ columns }) => columns))],
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    rejected: files.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}

function see(seen: Map<string, Seen>, { uri, sha256, bytes, object }: Part, taken: Taken): void {
  const { rejected = 0, error, columns = taken.columns } = object ?? {};
  const file = { uri, sha256, bytes, rows: 0, rejected: 0, ...(error === undefined ? {} : { error }), parquet: null };
  const { file: known } = seen.get(uri) ?? { file };
  known.rows += taken.rows;
  known.rejected += rejected;
  if (known === file) seen.set(uri, { file, columns });
}

/** In objects that lack a column, its value is missing in every row: as in one table of all of them. */
function withAbsent(profile: Profile): Profile {
  const columns = new Map(profile.columns);
  for (const [name, set] of columns) {
    const tally = set.tally as Tally;
    if (tally.rows < profile.rows) columns.set(name, { ...set, tally: { ...tally, rows: profile.rows } });
  }
  return { ...profile, columns };
}
