// Builds the native layer for both Lambda architectures: dist/<arch>/nodejs/node_modules with DuckDB and nothing else.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
/** Lambda allows 250 MB unzipped for the function and all its layers; this layer may take less than 100 (10^6 bytes). */
const LIMIT_BYTES = 100e6;
/** e_machine of the ELF header: npm installs no binding, or another one, without a word. */
const ELF_MACHINE = { arm64: 0xb7, x64: 0x3e };
/** Of no use at run time. */
const PRUNED = /(\.d\.ts|\.map|README\.md|package-lock\.json)$/;

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const install = (folder, arch) => {
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, name), join(folder, name));
  const flags = [
    `--cpu=${arch}`,
    '--os=linux',
    '--libc=glibc',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  execFileSync('npm', ['ci', ...flags], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
};

const checkBinding = (modules, arch) => {
  const installed = readdirSync(join(modules, '@duckdb')).filter((name) => name.startsWith('node-bindings-'));
  if (installed.join() !== `node-bindings-linux-${arch}`)
    throw new Error(`layer ${arch}: expected the binding node-bindings-linux-${arch} alone, got ${installed.join(', ') || 'none'}`);
  for (const name of ['libduckdb.so', 'duckdb.node']) {
    const header = readFileSync(join(modules, '@duckdb', `node-bindings-linux-${arch}`, name)).subarray(0, 20);
    if (header.toString('latin1', 0, 4) !== '\x7fELF') throw new Error(`layer ${arch}: ${name} is no ELF file`);
    const machine = header.readUInt16LE(18);
    if (machine !== ELF_MACHINE[arch]) throw new Error(`layer ${arch}: ${name} is for machine ${machine}, expected ${ELF_MACHINE[arch]}`);
  }
};

const prune = (folder) => {
  for (const file of files(folder)) if (PRUNED.test(file)) rmSync(file);
};

/** On a machine of that architecture the layer has to answer a query. */
const tryOut = async (modules, arch) => {
  if (process.platform !== 'linux' || process.arch !== arch) return 'not run here';
  const { DuckDBInstance } = createRequire(join(modules, 'x.cjs'))('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const [[version]] = (await connection.runAndReadAll('SELECT version()')).getRows();
  return `answers as DuckDB ${version}`;
};

for (const arch of Object.keys(ELF_MACHINE)) {
  const target = join(HERE, 'dist', arch);
  const building = `${target}.building`;
  rmSync(building, { recursive: true, force: true });
  install(join(building, 'nodejs'), arch);
  checkBinding(join(building, 'nodejs/node_modules'), arch);
  prune(building);
  const bytes = files(building).reduce((sum, file) => sum + statSync(file).size, 0);
  if (bytes >= LIMIT_BYTES) throw new Error(`layer ${arch}: expected less than ${LIMIT_BYTES} bytes unzipped, got ${bytes}`);
  rmSync(target, { recursive: true, force: true });
  renameSync(building, target);
  const answer = await tryOut(join(target, 'nodejs/node_modules'), arch);
  console.log(`layers/duckdb/dist/${arch}: ${(bytes / 1e6).toFixed(1)} MB unzipped, ${files(target).length} files, ${answer}`);
}
