import { gunzipSync, gzipSync, type ZlibOptions } from 'node:zlib';
import { encodeProfile, type Profile } from '../profile/profile.ts';
import type { Json } from '../states/state.ts';

/** In one piece: gzip ends with the size of what was packed; at least what zlib takes for a piece. */
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

/** The text of a stored profile. */
export function unpackStored(body: Buffer, key: string): Buffer {
  try {
    return gunzipSync(body, pieceOf(body));
  } catch (error) {
    throw noProfile(key, error as Error);
  }
}

const BEFORE = ',"object":';

/** What a profile is of, without the rest of it: it comes last, and no name of a column can look like its key, for quotes in texts are escaped. */
export function objectIn(text: Buffer, key: string): ProfiledObject | null {
  const at = text.lastIndexOf(BEFORE, undefined, 'latin1');
  if (at < 0) return null;
  return parse(text.subarray(at + BEFORE.length, text.lastIndexOf('}')), key) as ProfiledObject;
}

export function decodeStored(text: Buffer, key: string): StoredProfile {
  const json = parse(text, key) as { cuts: string; rows: number; columns: [string, Json][]; object?: ProfiledObject };
  return {
    cutsId: json.cuts,
    rows: json.rows,
    columns: json.columns.map(([name]) => name),
    object: json.object ?? null,
    encoded: json as unknown as Json,
  };
}

/** Whether a stored profile does not merge with another of these cuts. */
export const isAtOtherCuts = (body: Buffer, key: string, cutsId: string): boolean =>
  decodeStored(unpackStored(body, key), key).cutsId !== cutsId;

function parse(text: Buffer, key: string): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (error) {
    throw noProfile(key, error as Error);
  }
}

const noProfile = (key: string, { message }: Error): Error => new Error(`${key} is no profile: ${message}`);
