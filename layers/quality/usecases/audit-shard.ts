import { createHash } from 'node:crypto';
import type { Contexts, Profile } from '../profile/profile.ts';
import { ProfileFold } from '../profile/profile-fold.ts';
import { decodeStored, objectIn, type ProfiledObject, unpackStored } from './audit-profile.ts';

/** What stored profiles are decoded by. */
export interface FoldCuts {
  id: string;
  contexts: Contexts;
}

/** What is known of a stored profile before it is parsed. */
export interface Opened {
  /** Null in profiles of releases that did not keep it. */
  object: ProfiledObject | null;
  /** Of the object; where it is not known, of what is stored. */
  sha256: string;
  bytes: number;
}

/** What is known of one that was taken. */
export interface Taken {
  cutsId: string;
  rows: number;
  /** Names of its columns, where no object says them. */
  columns: string[];
}

/** A part of a window's profiles, folded on its own: here or on another thread. Each is opened, and later taken or dropped; they are folded as they are taken. */
export interface Shard {
  open(key: string, body: Buffer): Opened | Promise<Opened>;
  take(key: string): Taken | Promise<Taken>;
  drop(key: string): void | Promise<void>;
  /** Null where nothing of the cuts was taken. */
  result(): (Profile | null) | Promise<Profile | null>;
  close(): void | Promise<void>;
}

/** A shard on this thread. Without cuts (null) nothing is folded. */
export class ShardHere implements Shard {
  /** Unpacked and not parsed yet: whole profiles that wait are much for the collector, and what is dropped need not be parsed. */
  private readonly texts = new Map<string, Buffer>();
  private fold: ProfileFold | null = null;

  constructor(private readonly cuts: FoldCuts | null) {}

  open(key: string, body: Buffer): Opened {
    const text = unpackStored(body, key);
    const object = objectIn(text, key);
    this.texts.set(key, text);
    if (object !== null) return { object, sha256: object.sha256, bytes: object.bytes };
    return { object, sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length };
  }

  take(key: string): Taken {
    const { cutsId, rows, columns, object, encoded } = decodeStored(this.texts.get(key)!, key);
    this.drop(key);
    if (rows > 0 && cutsId === this.cuts?.id) {
      this.fold ??= new ProfileFold(cutsId, this.cuts.contexts);
      this.fold.add(encoded);
    }
    return { cutsId, rows, columns: object === null ? columns : [] };
  }

  drop(key: string): void {
    this.texts.delete(key);
  }

  result(): Profile | null {
    return this.fold?.result() ?? null;
  }

  close(): void {}
}
