import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../layers/quality/contract/errors.ts';
import type { SourceFile } from '../layers/quality/dataset/open-dataset.ts';

/** The files behind DATA arguments: a file, a folder, a glob, an s3:// object or prefix. In a stable order, each once. */
export async function resolveInputs(args: string[], scratch: string, what: string): Promise<SourceFile[]> {
  const files = new Map<string, SourceFile>();
  for (const arg of args) {
    const found = arg.startsWith('s3://') ? await fromS3(arg, scratch) : fromDisk(arg);
    if (found.length === 0) throw new UsageError(`${what}: nothing at ${arg}`);
    for (const file of found) files.set(file.path, file);
  }
  return [...files.values()];
}

function fromDisk(arg: string): SourceFile[] {
  if (existsSync(arg)) {
    if (!statSync(arg).isDirectory()) return [{ uri: basename(arg), path: resolve(arg) }];
    return filesUnder(arg).map((path) => ({ uri: relative(arg, path).split(sep).join('/'), path: resolve(path) }));
  }
  if (!/[*?[]/.test(arg)) throw new UsageError(`no such file or folder: ${arg}`);
  const root = arg.slice(0, arg.search(/[*?[]/)).replace(/[^/\\]*$/, '') || '.';
  if (!existsSync(root)) return [];
  const pattern = globExpression(resolve(arg));
  return filesUnder(root)
    .map((path) => resolve(path))
    .filter((path) => pattern.test(path.split(sep).join('/')))
    .map((path) => ({ uri: relative(root, path).split(sep).join('/'), path }));
}

/** Files below a folder, without hidden ones. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !entry.name.startsWith('_'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function globExpression(glob: string): RegExp {
  const source = glob
    .split(sep)
    .join('/')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('**/', '\u0001')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\u0001', '(?:.*/)?');
  return new RegExp(`^${source}$`);
}

async function fromS3(uri: string, scratch: string): Promise<SourceFile[]> {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri);
  if (match === null) throw new UsageError(`expected s3://BUCKET/KEY, got ${uri}`);
  const { createS3Store } = await import('../layers/quality/store/s3.ts');
  const store = createS3Store();
  const [, bucket, prefix] = match as unknown as [string, string, string];
  const listed = await store.list(bucket, prefix).catch((error: Error) => {
    throw new UsageError(`${uri}: ${error.message || error.name}`);
  });
  const wanted = listed.filter(
    ({ key, bytes }) =>
      !key.endsWith('/') && bytes > 0 && (key === prefix || prefix === '' || prefix.endsWith('/') || key.startsWith(`${prefix}/`)),
  );
  const folder = join(scratch, 'objects');
  mkdirSync(folder, { recursive: true });
  const files: SourceFile[] = [];
  for (const { key, etag } of wanted) {
    const path = join(folder, String(files.length));
    await store.download({ bucket, key, etag }, path);
    files.push({ uri: `s3://${bucket}/${key}`, path });
  }
  return files;
}

/** Of the files as they are, compressed or not. */
export const bytesOfFiles = (files: SourceFile[]): number =>
  files.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
