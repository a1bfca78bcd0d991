/** An object as Step Functions lists it: the ETag in quotes, the time in seconds since the epoch. */
export interface ListedObject {
  Etag: string;
  Key: string;
  LastModified: number;
  Size: number;
  StorageClass: 'STANDARD';
}

/** What a state machine reaches outside itself. */
export interface World {
  /** Calls a function by its name; an error of it bears the type that Lambda would report. */
  invoke(name: string, payload: unknown): Promise<unknown>;
  /** All objects under a prefix, in key order. */
  list(bucket: string, prefix: string): ListedObject[];
  put(bucket: string, key: string, body: string): Promise<void>;
  wait(seconds: number): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}
