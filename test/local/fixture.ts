import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { LocalFunction, type LocalFunctionOptions } from '../../local/function.ts';
import { temporaryFolder } from './client.ts';

const BUNDLE = `
const layer = require('a-layer');
const beside = require('./beside.cjs');
let calls = 0;
console.log('loading');
const actions = {
  echo: (event, context) => ({ event, calls: ++calls, pid: process.pid, layer, beside, context: { ...context, left: context.getRemainingTimeInMillis() } }),
  environment: () => ({ env: process.env, cwd: process.cwd(), tmp: require('node:os').tmpdir(), files: require('node:fs').readdirSync('.'), argv: process.argv.slice(2), flags: process.execArgv }),
  find: ({ name }) => { try { return require.resolve(name); } catch (error) { return error.code; } },
  findFromLayer: ({ name }) => layer.find(name),
  nothing: () => undefined,
  say: () => { console.log('one\\ntwo'); console.error('three'); process.stdout.write('no end'); },
  fail: () => { throw Object.assign(new RangeError('too far')); },
  reject: () => Promise.reject('a string'),
  hang: () => new Promise(() => {}),
  spin: () => { for (;;); },
  exit: () => process.exit(3),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  throwLater: () => new Promise(() => setTimeout(() => { throw new Error('later'); }, 10)),
  exitAfter: () => { setTimeout(() => process.exit(0), 20); return 'before'; },
  memory: () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); },
  wait: ({ milliseconds }) => new Promise((resolve) => setTimeout(() => resolve(process.pid), milliseconds)),
};
exports.handler = async (event, context) => actions[event.action](event, context);
`;

/** A function with a handler that does what its event says, and a layer. */
export function startFunction(more: Partial<LocalFunctionOptions> = {}, source: string = BUNDLE) {
  const folder = temporaryFolder();
  const [task, layer] = [join(folder, 'functions/fixture'), join(folder, 'layer/node_modules')];
  mkdirSync(task, { recursive: true });
  mkdirSync(join(layer, 'a-layer'), { recursive: true });
  writeFileSync(join(task, 'index.cjs'), source);
  writeFileSync(join(task, 'beside.cjs'), "module.exports = 'beside';");
  writeFileSync(
    join(layer, 'a-layer/index.js'),
    "exports.find = (name) => { try { return require.resolve(name); } catch (error) { return error.code; } }; exports.is = 'layer';",
  );
  const lines: string[] = [];
  const options = {
    bundle: join(task, 'index.cjs'),
    handler: 'handler',
    layers: [layer, join(folder, 'absent')],
    timeoutSeconds: 5,
    memoryMB: 256,
    name: 'fixture',
  };
  const run = new LocalFunction({ ...options, log: (line) => lines.push(line), ...more });
  onTestFinished(() => run.close());
  return { run, lines, options };
}
