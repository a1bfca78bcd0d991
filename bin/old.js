#!/usr/bin/env node
// The command line, built by `npm ci` (scripts/build.mjs) or, in a checkout where it is missing, built now.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../.assay/old/cli/assay.js', import.meta.url);
if (!existsSync(built)) {
  const { spawnSync } = await import('node:child_process');
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    process.stderr.write('assay: could not be built; run "npm ci" in its folder\n');
    process.exit(2);
  }
}
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
