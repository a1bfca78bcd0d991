import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { openShards } from '../../layers/quality/usecases/audit-shards.ts';
import { auditWindow } from '../../layers/quality/usecases/audit-window.ts';
import { csvOf, DAY, fileOf, HOUR, lab, reference, rowsOf, SEEN } from './lab.ts';

const built = (path: string): string => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));
const foldWorkerFile = built('cli/fold-worker.js');
const ofLayer = built('layer/nodejs/node_modules/@assay/quality/fold-worker.cjs');
const OBJECTS = 210;
const cloud = lab();

const audit = async (workerFile?: string): Promise<string> => {
  for (const key of [...cloud.store.objects.keys()]) if (/^(reports|metrics|alerts)\//.test(key)) cloud.store.objects.delete(key);
  const deps = { ...cloud.deps(), ...(workerFile !== undefined && { foldWorkerFile: workerFile }) };
  return JSON.stringify((await auditWindow(deps, { monitor: 'm', from: DAY, to: DAY + 24 * HOUR })).report);
};

/** One more object of the same bytes and what became of it, without its being processed. */
function repeat(key: string, i: number): void {
  const stored = [...cloud.store.objects].find(([each, body]) => each.startsWith('profiles/') && textOf(body).includes(`/${key}"`))!;
  cloud.put(`data/${i}.csv`, cloud.store.objects.get(key)!.toString());
  const name = stored[0].replace(/[0-9a-f]+(?=\.json\.gz$)/, (hash) => i.toString(16).padStart(hash.length, '0'));
  cloud.store.objects.set(name, gzipSync(textOf(stored[1]).replace(`/${key}"`, `/data/${i}.csv"`)));
}
const textOf = (body: Buffer): string => gunzipSync(body).toString();

beforeAll(async () => {
  expect(existsSync(foldWorkerFile), 'dist/cli/fold-worker.js is built').toBe(true);
  await cloud.arrive('monitors/m/baseline/input/reference.csv', reference());
  for (let i = 0; i < 8; i++) await cloud.arrive(`data/${i}.csv`, csvOf(rowsOf(DAY / HOUR + 3 * i, 4), SEEN));
  for (let i = 8; i < OBJECTS; i++) repeat(`data/${i % 8}.csv`, i);
}, 60_000);

describe('a window of many profiles', () => {
  it('is folded to the same bytes on this thread and on others', async () => {
    const here = await audit();
    expect(JSON.parse(here).subject).toMatchObject({ rows: 4 * OBJECTS });
    for (const file of [foldWorkerFile, foldWorkerFile, ofLayer]) expect(await audit(file)).toBe(here);
  });

  it('names a profile that is none, wherever it is folded', async () => {
    const key = [...cloud.store.objects.keys()].find((each) => each.startsWith('profiles/'))!;
    const whole = cloud.store.objects.get(key)!;
    cloud.store.objects.set(key, Buffer.from('no gzip'));
    const [here, there] = [await audit().catch(String), await audit(foldWorkerFile).catch(String)];
    expect([here, there]).toEqual([expect.stringContaining(`${key} is no profile`), here]);
    cloud.store.objects.set(key, whole);
  });

  it.each([
    ['cannot be started', '/nowhere/worker.js', 'Cannot find module'],
    ['ends before its work does', fileOf('process.exit(3);\n', 'ends.mjs'), 'it ended with 3'],
    ['throws', fileOf("throw new Error('no room');\n", 'throws.mjs'), 'no room'],
  ])('says so when a thread %s', async (_, file, why) => {
    await expect(audit(file)).rejects.toThrow(new RegExp(`audit: a thread that folds profiles failed: .*${why}`));
  });
});

it('a function finds the script where the layer is on its module path', () => {
  const resolve = "process.stdout.write(require.resolve('@assay/quality/fold-worker.cjs'))";
  const env = { ...process.env, NODE_PATH: built('layer/nodejs/node_modules') };
  expect(execFileSync(process.execPath, ['-e', resolve], { encoding: 'utf8', env, cwd: tmpdir() })).toBe(ofLayer);
});

it('threads are for windows of many profiles alone', () => {
  expect(openShards(199, null, '/nowhere/worker.js')).toHaveLength(1);
  expect(openShards(200, null, undefined)).toHaveLength(2);
});
