import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['bin', 'examples', 'functions', 'layers/quality', 'local', 'scripts', 'package.json'];
const BUILT = 'dist/cli/assay.js';

/** The time of the last change under a path, in milliseconds. */
function changed(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => (name === 'node_modules' ? 0 : changed(join(path, name)))));
}

/** Builds what the tests of the command line and of the engine's workers run, once, and only where a source is newer. */
export default function setup(): void {
  const newest = Math.max(...SOURCES.map(changed));
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > newest) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
