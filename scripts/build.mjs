// Builds what plain Node runs: dist/cli (command line), dist/layer (the quality layer) and dist/functions (one bundle per Lambda).
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const version = JSON.parse(readFileSync('package.json', 'utf8')).version;
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  define: { ASSAY_VERSION: JSON.stringify(version) },
  legalComments: 'none',
  // parquetjs-lite assigns to undeclared names: what is bundled must not become strict by our compiler options.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
};
/** CommonJS packages inside an ES module bundle need a require. */
const requireBanner = "import { createRequire as assayRequire } from 'node:module'; const require = assayRequire(import.meta.url);";
/** Scripts of threads: the engine's, and of those that fold profiles. */
const workers = { worker: 'layers/quality/engine/worker.ts', 'fold-worker': 'layers/quality/usecases/audit-shard-worker.ts' };
const native = ['@duckdb/*'];

/** Built beside and swapped in whole, so that what runs meanwhile never finds half a build. */
const out = `dist.${process.pid}`;
await Promise.all([
  build({
    ...common,
    entryPoints: { assay: 'bin/assay.ts', start: 'examples/credit-risk/start.ts', ...workers },
    outdir: `${out}/cli`,
    format: 'esm',
    splitting: true,
    banner: { js: requireBanner },
    external: ['@duckdb/node-bindings', 'parquetjs-lite', '@aws-sdk/*', '@smithy/*', 'canvas', 'esbuild'],
  }),
  build({
    ...common,
    entryPoints: {
      index: 'layers/quality/index.ts',
      cloudwatch: 'layers/quality/cloudwatch.ts',
      endpoints: 'layers/quality/endpoints.ts',
      ...workers,
    },
    outdir: `${out}/layer/nodejs/node_modules/@assay/quality`,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minifySyntax: true,
    external: [...native, 'canvas'],
  }),
  build({
    ...common,
    entryPoints: {
      'ingest/index': 'functions/ingest/handler.ts',
      'audit/index': 'functions/audit/handler.ts',
      'api/index': 'functions/api/handler.ts',
      'endpoint/index': 'functions/endpoint/handler.ts',
      'authorizer/index': 'functions/authorizer/handler.ts',
      'login/index': 'functions/login/handler.ts',
    },
    outdir: `${out}/functions`,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minifySyntax: true,
    external: [...native, '@assay/quality', '@assay/quality/*'],
    // Only require() looks where Lambda puts a layer's modules.
    supported: { 'dynamic-import': false },
  }),
]);
const exports = {
  '.': './index.cjs',
  './cloudwatch': './cloudwatch.cjs',
  './endpoints': './endpoints.cjs',
  './worker.cjs': './worker.cjs',
  './fold-worker.cjs': './fold-worker.cjs',
};
writeFileSync(
  `${out}/layer/nodejs/node_modules/@assay/quality/package.json`,
  `${JSON.stringify({ name: '@assay/quality', version, exports }, null, 2)}\n`,
);
const old = `${out}.old`;
if (existsSync('dist')) renameSync('dist', old);
renameSync(out, 'dist');
rmSync(old, { recursive: true, force: true });
