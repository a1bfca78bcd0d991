import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COLUMN_METRICS } from '../../layers/quality/metrics/registry.ts';
import { TABLE_METRICS } from '../../layers/quality/metrics/table-metrics.ts';
import { STATES } from '../../layers/quality/states/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['bin', 'examples', 'functions', 'layers/quality', 'lib', 'local'];

const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.name === 'node_modules'
      ? []
      : entry.isDirectory()
        ? filesUnder(`${folder}/${entry.name}`)
        : entry.name.endsWith('.ts')
          ? [`${folder}/${entry.name}`]
          : [],
  );

interface Import {
  from: string;
  /** A path from the root, or a package's name. */
  to: string;
  typeOnly: boolean;
}

const SOURCES = ROOMS.flatMap(filesUnder).map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
const IMPORT = /(?:^|\n)\s*(import|export)(\s+type)?\s[^;'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;
const IMPORTS: Import[] = SOURCES.flatMap(({ path, text }) =>
  [...text.matchAll(IMPORT)].map(([, , type, from, dynamic, plain]) => {
    const to = (from ?? dynamic ?? plain)!;
    return { from: path, to: to.startsWith('.') ? normalize(join(dirname(path), to)) : to, typeOnly: type !== undefined };
  }),
);

const within = (path: string, rooms: string[]): boolean => rooms.some((room) => path === room || path.startsWith(`${room}/`));
const Q = 'layers/quality';
const q = (...rooms: string[]): string[] => rooms.map((room) => `${Q}/${room}`);
const isOwn = (to: string): boolean => ROOMS.some((room) => to.startsWith(`${room}/`));
const ownImports = (room: string): Import[] => IMPORTS.filter(({ from, to }) => within(from, [room]) && isOwn(to));
const list = (imports: Import[]): string[] => imports.map(({ from, to }) => `${from} imports ${to}`);

it('the imports looked at are all there are', () => {
  const lines = SOURCES.flatMap(({ text }) => text.match(/^(import\b.*'|.*\bfrom '.*)';$/gm) ?? []);
  expect(IMPORTS.length).toBeGreaterThanOrEqual(lines.length);
  expect(list(IMPORTS)).toContain(`${Q}/usecases/judge-batch.ts imports ${Q}/metrics/registry.ts`);
});

describe('imports go one way', () => {
  /** What each room may use of the project besides itself. Types may be named where they are made. */
  const MAY: Record<string, string[]> = {
    [`${Q}/math`]: [],
    [`${Q}/contract`]: [],
    [`${Q}/states`]: q('math'),
    [`${Q}/profile`]: q('contract', 'states', 'math'),
    [`${Q}/metrics`]: q('contract', 'profile', 'states', 'math'),
    [`${Q}/checks`]: q('contract', 'metrics', 'profile', 'states', 'math'),
    [`${Q}/diagnosis`]: q('contract', 'checks', 'metrics', 'profile', 'states', 'math'),
    [`${Q}/clarify`]: q('contract', 'engine', 'metrics', 'profile', 'states', 'math'),
    [`${Q}/model-monitor`]: q('contract', 'metrics', 'states'),
    [`${Q}/sagemaker`]: q('contract', 'model-monitor'),
    [`${Q}/alerts`]: q('contract'),
    [`${Q}/notify`]: q('contract'),
    [`${Q}/report`]: q('contract'),
    [`${Q}/store`]: q('contract'),
    [`${Q}/executions`]: q('contract'),
    [`${Q}/queue`]: [],
    [`${Q}/engine`]: q('contract', 'states', 'math'),
    [`${Q}/dataset`]: q('contract', 'engine'),
    [`${Q}/usecases`]: [Q],
    [`${Q}/api`]: [Q],
    lib: q('contract'),
    functions: [`${Q}/index.ts`, ...q('contract')],
  };

  it.each(Object.entries(MAY))('%s', (room, may) => {
    const wrong = ownImports(room).filter(({ to, typeOnly }) => !within(to, [room, ...may]) && !typeOnly);
    expect(list(wrong)).toEqual([]);
  });

  it('nothing below the command line, the functions and the embedded cloud knows of them', () => {
    const wrong = IMPORTS.filter(({ from, to }) => within(from, [Q]) && within(to, ['bin', 'functions', 'lib', 'local', 'examples']));
    expect(list(wrong)).toEqual([]);
  });
});

describe('one importer each', () => {
  const OWNERS: Record<string, string[]> = {
    '@duckdb/': [`${Q}/engine`],
    '@aws-sdk/client-s3': [`${Q}/store`],
    '@aws-sdk/s3-request-presigner': [`${Q}/store`],
    '@aws-sdk/client-sagemaker': [`${Q}/sagemaker`],
    '@aws-sdk/client-sns': [`${Q}/notify`],
    '@aws-sdk/client-eventbridge': [`${Q}/notify`],
    '@aws-sdk/client-sqs': [`${Q}/queue`],
    '@aws-sdk/client-sfn': [`${Q}/executions/step-functions.ts`],
    '@aws-sdk/client-cloudwatch': [`${Q}/cloudwatch`],
    'aws-cdk-lib': ['lib', 'bin/app.ts'],
    '@aws-sdk/client-secrets-manager': ['functions/login/client-secret.ts'],
    jose: ['functions/oidc/verify-token.ts'],
    '@middy/': ['functions'],
    commander: ['bin'],
  };
  it.each(Object.entries(OWNERS))('%s', (library, owners) => {
    expect(list(IMPORTS.filter(({ from, to, typeOnly }) => to.startsWith(library) && !within(from, owners) && !typeOnly))).toEqual([]);
  });
});

describe('below the use cases there is no', () => {
  const below = SOURCES.filter(({ path }) =>
    within(path, q('math', 'states', 'profile', 'metrics', 'checks', 'diagnosis', 'alerts', 'report', 'model-monitor', 'engine')),
  );
  it.each([
    ['clock', /Date\.now\(|new Date\(\)|performance\.now/],
    ['randomness', /Math\.random|randomUUID|randomBytes/],
    ['environment', /process\.env/],
    ['network', /\bfetch\(|node:https?'|node:net'/],
    ['printing', /console\./],
  ])('%s', (_, pattern) => {
    expect(below.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

it('no state or metric is picked by a switch on its name', () => {
  const names = [...STATES.map(({ name }) => name), ...COLUMN_METRICS.map(({ name }) => name), ...TABLE_METRICS.map(({ name }) => name)];
  const pattern = new RegExp(`case '(${names.join('|')})'`);
  expect(SOURCES.filter(({ path, text }) => within(path, [Q]) && pattern.test(text)).map(({ path }) => path)).toEqual([]);
});

it('names in the registries are unique', () => {
  for (const names of [STATES.map(({ name }) => name), [...COLUMN_METRICS, ...TABLE_METRICS].map(({ name }) => name)])
    expect([...new Set(names)]).toEqual(names);
});

it('every metric has its row in docs/metrics.md', () => {
  const file = join(ROOT, 'docs/metrics.md');
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  const missing = [...COLUMN_METRICS, ...TABLE_METRICS].map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

it('every dependency is pinned to one version', () => {
  const manifests = ['package.json', `${Q}/package.json`, 'layers/duckdb/package.json'];
  const loose = manifests.flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
  });
  expect(loose).toEqual([]);
});

it('no file is longer than 300 lines, none has an open end', () => {
  const own = [...SOURCES, ...filesUnder('test').map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))];
  expect(own.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path)).toEqual([]);
  const open = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X\\b'].join(''));
  expect(own.filter(({ text }) => open.test(text)).map(({ path }) => path)).toEqual([]);
});
