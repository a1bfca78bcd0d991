import { promisify } from 'node:util';
import { gunzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { encodeProfile, type Profile } from '../profile/profile.ts';
import type { Json } from '../states/state.ts';

/** On another thread, and in one piece: there are many of them, and each is some 100 kB. */
const unpack = promisify<Buffer, ZlibOptions, Buffer>(gunzip);
/** Gzip ends with the size of what was packed; at least what zlib takes for a piece. */
const pieceOf = (body: Buffer): ZlibOptions => ({
  chunkSize: Math.min(Math.max(64, body.length < 4 ? 0 : body.readUInt32LE(body.length - 4) + 1), MOST_PIECE),
});
const MOST_PIECE = 4 * 1024 * 1024;

/** The object a stored profile is of: what an audit lists without reading the object again. */
export interface ProfiledObject {
  uri: string;
  /** Of the version that was read, without quotes. */
  etag: string;
  sha256: string;
  bytes: number;
  /** Lines that could not be read; all of them in the object's first hour, so that they add up. */
  rejected: number;
  /** Names of all its columns, profiled or not. */
  columns: string[];
  /** Why it could not be read; absent when it could. */
  error?: string;
}

/** A profile as it is kept: its states, and beside them the object they are of. */
export const encodeStored = (profile: Profile, object: ProfiledObject): Buffer =>
  gzipSync(JSON.stringify({ ...(encodeProfile(profile) as object), object }));

export interface StoredProfile {
  cutsId: string;
  rows: number;
  /** Names of the columns that were profiled. */
  columns: string[];
  /** Null in profiles of releases that did not keep it. */
  object: ProfiledObject | null;
  /** The profile as it is encoded. */
  encoded: Json;
}

export async function decodeStored(body: Buffer, key: string): Promise<StoredProfile> {
  try {
    const json = JSON.parse((await unpack(body, pieceOf(body))).toString('utf8')) as {
      cuts: string;
      rows: number;
      columns: [string, Json][];
      object?: ProfiledObject;
    };
    return {
      cutsId: json.cuts,
      rows: json.rows,
      columns: json.columns.map(([name]) => name),
      object: json.object ?? null,
      encoded: json as unknown as Json,
    };
  } catch (error) {
    throw new Error(`${key} is no profile: ${(error as Error).message}`);
  }
}
