/** What Assay needs of an object store. S3 in store/s3.ts; tests and the command line may bring another. */
export interface Store {
  /** Downloads to a file. With `etag`, only if the object still is that one; otherwise a SupersededError. */
  download(ref: ObjectRef, path: string): Promise<{ etag: string; lastModified: Date; bytes: number }>;
  /** The body and ETag of a small object; null where there is none. */
  get(bucket: string, key: string): Promise<{ body: Buffer; etag: string } | null>;
  head(bucket: string, key: string): Promise<{ etag: string; bytes: number; lastModified: Date; sha256: string | null } | null>;
  /** Creates an object once. An equal one already there is success; another one a ConflictError. */
  create(bucket: string, key: string, body: Buffer, contentType: string): Promise<void>;
  /** Replaces an object, only if it still is `etag` (null: only if there is none). False where it was not. */
  replace(bucket: string, key: string, body: Buffer, contentType: string, etag: string | null): Promise<boolean>;
  /** Objects under a prefix, in key order. */
  list(bucket: string, prefix: string): Promise<{ key: string; etag: string; bytes: number; lastModified: Date }[]>;
  /** What lies directly under a prefix that ends with a slash, as names of folders without slashes, ascending. */
  folders(bucket: string, prefix: string): Promise<string[]>;
  /** An address to read an object at, for so many seconds. */
  presignGet(bucket: string, key: string, seconds: number): Promise<string>;
  /** An address to put an object of so many bytes at. */
  presignPut(bucket: string, key: string, bytes: number, seconds: number): Promise<string>;
}

export interface ObjectRef {
  bucket: string;
  key: string;
  /** ETag of the version meant, without quotes; absent for the newest. */
  etag?: string;
  versionId?: string;
}

/** The object changed or went away between its event and its reading: another event stands for what is there now. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/** A key that is written once exists with other content. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}
