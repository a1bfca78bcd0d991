import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type Conditions, checkWrite } from './conditions.ts';
import { compareKeys, foldPath, isPlainKey, SIDE_FOLDER, search, sideName } from './names.ts';
import { contentTypeOf, type Description, loadObject, type StoredObject, saveObject } from './object.ts';

interface FileState {
  size: number;
  mtimeMs: number;
}

/** The objects of one folder. Everything that changes it is synchronous: a check and its rename happen in one tick. */
export class Bucket {
  private readonly objects = new Map<string, StoredObject>();
  private readonly plainKeys = new Map<string, string>();
  private readonly folder: string;
  private readonly side: string;
  /** Keys in listing order. */
  readonly keys: string[] = [];

  constructor(
    directory: string,
    readonly name: string,
  ) {
    this.folder = join(directory, name);
    this.side = join(directory, SIDE_FOLDER, name);
    for (const folder of [this.folder, join(this.side, 'meta'), join(this.side, 'objects')]) mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(join(this.side, 'meta'))) {
      const meta = join(this.side, 'meta', file);
      const object = loadObject(meta);
      if (object && this.stateOf(object)) this.index(object);
      else rmSync(meta);
    }
    this.keys.push(...[...this.objects.keys()].sort(compareKeys));
  }

  get(key: string): StoredObject | undefined {
    return this.objects.get(key);
  }

  /** The objects under a prefix, in key order. */
  under(prefix: string): StoredObject[] {
    return this.keys.filter((key) => key.startsWith(prefix)).map((key) => this.objects.get(key)!);
  }

  /** The key a file of the folder is or would be. */
  keyOf(path: string): string {
    return this.plainKeys.get(foldPath(path)) ?? path;
  }

  pathOf({ key, plain }: Pick<StoredObject, 'key' | 'plain'>): string {
    return plain ? join(this.folder, ...key.split('/')) : join(this.side, 'objects', sideName(key));
  }

  /** Makes a complete temporary file the object `key`, if the conditions hold for what is there at this moment. */
  commit(key: string, temporary: string, description: Description, conditions: Conditions): StoredObject {
    const before = this.objects.get(key);
    checkWrite(before, conditions);
    const plain = (before?.plain ?? this.mayBePlain(key)) && this.movePlain(key, temporary);
    if (!plain) renameSync(temporary, this.pathOf({ key, plain }));
    return this.put({ key, plain, ...description });
  }

  /** Takes a file somebody put into the folder for an uploaded object. */
  adopt(path: string, size: number, etag: string): StoredObject {
    const key = this.keyOf(path);
    const before = this.objects.get(key);
    if (before && !before.plain) rmSync(this.pathOf(before), { force: true });
    return this.put({ key, plain: true, size, etag, headers: { 'content-type': contentTypeOf(key) }, checksums: {} });
  }

  remove(key: string): void {
    const object = this.objects.get(key);
    if (!object) return;
    rmSync(this.pathOf(object), { force: true });
    this.forget(object);
    for (let folder = dirname(this.pathOf(object)); object.plain && folder !== this.folder; folder = dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch {
        return;
      }
    }
  }

  /** Drops an object whose file is gone. */
  forget({ key, plain }: StoredObject): void {
    rmSync(join(this.side, 'meta', `${sideName(key)}.json`), { force: true });
    if (!this.objects.delete(key)) return;
    if (plain) this.plainKeys.delete(foldPath(key));
    this.keys.splice(this.position(key), 1);
  }

  /** True while the file is the one this server left there; null where it is gone. */
  isUntouched(object: StoredObject, state: FileState | null = this.stateOf(object)): boolean | null {
    return state && state.size === object.size && state.mtimeMs === object.mtimeMs;
  }

  /** No object, and no file still to become one. */
  isEmpty(): boolean {
    if (this.keys.length || !existsSync(this.folder)) return this.keys.length === 0;
    return readdirSync(this.folder, { recursive: true, withFileTypes: true }).every((entry) => entry.isDirectory());
  }

  destroy(): void {
    for (const folder of [this.folder, this.side]) rmSync(folder, { recursive: true, force: true });
  }

  private put(object: Omit<StoredObject, 'modified' | 'mtimeMs'>): StoredObject {
    const { mtimeMs } = statSync(this.pathOf(object));
    const stored = { ...object, mtimeMs, modified: Math.floor(Date.now() / 1000) * 1000 };
    const meta = join(this.side, 'meta', `${sideName(object.key)}.json`);
    saveObject(meta, join(this.side, 'meta.tmp'), stored);
    if (!this.objects.has(object.key)) this.keys.splice(this.position(object.key), 0, object.key);
    this.index(stored);
    return stored;
  }

  private index(object: StoredObject): void {
    this.objects.set(object.key, object);
    if (object.plain) this.plainKeys.set(foldPath(object.key), object.key);
    else if (this.plainKeys.get(foldPath(object.key)) === object.key) this.plainKeys.delete(foldPath(object.key));
  }

  private position(key: string): number {
    return search(this.keys, (other) => compareKeys(other, key) < 0);
  }

  private mayBePlain(key: string): boolean {
    return isPlainKey(key) && this.keyOf(key) === key;
  }

  /** False where the path is not free (`x` is a file, or a folder) or would lead out of the folder through a link. */
  private movePlain(key: string, temporary: string): boolean {
    const path = this.pathOf({ key, plain: true });
    try {
      mkdirSync(this.folder, { recursive: true });
      let existing = dirname(path);
      while (!existsSync(existing)) existing = dirname(existing);
      if (!`${realpathSync.native(existing)}${sep}`.startsWith(`${realpathSync.native(this.folder)}${sep}`)) return false;
      mkdirSync(dirname(path), { recursive: true });
      renameSync(temporary, path);
      return true;
    } catch {
      return false;
    }
  }

  private stateOf(object: StoredObject): FileState | null {
    return statSync(this.pathOf(object), { throwIfNoEntry: false }) ?? null;
  }
}
