import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startS3 } from '../../local/s3/index.ts';

const SUITE = process.env.S3_SUITE ?? join(import.meta.dirname, '../../../shared/conformance/s3-suite.mjs');
/** What the local S3 refuses on purpose, with 501. */
const REFUSED = [
  'PutBucketNotificationConfiguration (EventBridge)',
  'PutObjectTagging/GetObjectTagging',
  'PutBucketVersioning + VersionId',
];

const hasUploads = (): boolean => {
  try {
    return Boolean(createRequire(import.meta.url).resolve('@aws-sdk/lib-storage'));
  } catch {
    return false;
  }
};

/** The suite, where its imports resolve; without the two multipart tests if lib-storage is absent (s3-multipart.test.ts has ours). */
function copySuite(): string {
  const folder = resolve('node_modules/.cache/assay-s3-suite');
  mkdirSync(folder, { recursive: true });
  let text = readFileSync(SUITE, 'utf8');
  if (!hasUploads()) {
    console.log('@aws-sdk/lib-storage is not installed: the two lib-storage tests of the suite are left out');
    text = text.replace(/^import .*lib-storage.*$/m, '').replace(/^await t\('Multipart lib-storage.*$/gm, '');
  }
  const file = join(folder, 's3-suite.mjs');
  writeFileSync(file, text);
  return file;
}

test.skipIf(!existsSync(SUITE))(`the conformance suite passes but for what is refused (${SUITE})`, { timeout: 120_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-s3-'));
  const server = await startS3({ directory });
  try {
    const env = { ...process.env, AWS_ENDPOINT_URL_S3: server.url, NKEYS: process.env.NKEYS ?? '1500' };
    const { stdout } = await promisify(execFile)(process.execPath, [copySuite()], { env, maxBuffer: 1e7 });
    const results = stdout.split('\n').flatMap((line) => (/ \| (PASS|FAIL) \| /.test(line) ? [line.split(' | ')] : []));
    const failed = results.filter(([, verdict]) => verdict !== 'PASS');
    expect(failed.map(([name]) => name)).toEqual(REFUSED);
    for (const line of failed) expect(line[3]).toContain('NotImplemented/501');
    expect(results.length).toBeGreaterThanOrEqual(54);
    console.log(stdout.split('\n').slice(-3).join('\n'));
  } finally {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
