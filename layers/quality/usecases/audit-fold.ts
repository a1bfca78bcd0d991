import type { DatasetFile } from '../dataset/open-dataset.ts';
import type { Contexts, Profile } from '../profile/profile.ts';
import { ProfileFold } from '../profile/profile-fold.ts';
import type { Tally } from '../states/tally.ts';
import type { Part } from './audit-parts.ts';
import { decodeStored, type StoredProfile } from './audit-profile.ts';

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

/** Folds profiles flat, in the order they come. Without cuts to decode them by (null) nothing is merged. */
export async function foldParts(parts: AsyncIterable<Part>, cuts: { id: string; contexts: Contexts } | null): Promise<FoldedWindow> {
  const seen = new Map<string, Seen>();
  const dropped = { replaced: new Set<string>(), deleted: new Set<string>() };
  const window = { hashes: new Set<string>(), withRejected: [] as FoldedWindow['withRejected'], undescribed: 0 };
  const others = { objects: new Set<string>(), rows: 0 };
  let fold: ProfileFold | null = null;
  for await (const part of parts) {
    const { hash, uri } = part;
    if (part.dropped !== null) {
      dropped[part.dropped].add(uri);
      continue;
    }
    const stored = decodeStored(part.text, part.key);
    window.hashes.add(hash);
    if (stored.object === null) window.undescribed++;
    else if (stored.object.rejected > 0) window.withRejected.push({ hash, uri });
    see(seen, part, stored);
    if (stored.rows === 0 || cuts === null) continue;
    if (stored.cutsId !== cuts.id) {
      others.objects.add(hash);
      others.rows += stored.rows;
      continue;
    }
    fold ??= new ProfileFold(cuts.id, cuts.contexts);
    fold.add(stored.encoded);
  }
  return {
    ...window,
    ...totals([...seen.values()]),
    profile: fold === null ? null : withAbsent(fold.result()),
    replaced: [...dropped.replaced].sort(),
    deleted: [...dropped.deleted].sort(),
    otherCuts: { objects: others.objects.size, rows: others.rows },
  };
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

function see(seen: Map<string, Seen>, { uri, sha256, bytes }: Part, stored: StoredProfile): void {
  const { rejected = 0, error, columns = stored.columns } = stored.object ?? {};
  const file = { uri, sha256, bytes, rows: 0, rejected: 0, ...(error === undefined ? {} : { error }), parquet: null };
  const { file: known } = seen.get(uri) ?? { file };
  known.rows += stored.rows;
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
