import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FunctionError } from '../../local/function.ts';
import { temporaryFolder } from './client.ts';
import { startFunction } from './fixture.ts';

interface Echo {
  event: unknown;
  calls: number;
  pid: number;
  layer: unknown;
  beside: unknown;
  context: Record<string, unknown>;
}

const failure = async (call: Promise<unknown>): Promise<FunctionError> => {
  const error = await call.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(FunctionError);
  return error;
};

test('a handler gets its event and context, finds its layer, and stays warm', async () => {
  const { run, lines } = startFunction();
  const first = (await run.invoke({ action: 'echo', text: 'ü' })) as Echo;
  expect(first).toMatchObject({ event: { action: 'echo', text: 'ü' }, calls: 1, beside: 'beside', layer: { is: 'layer' } });
  expect(first.context).toMatchObject({ functionName: 'fixture', memoryLimitInMB: '256', functionVersion: '$LATEST' });
  expect(first.context.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(first.context.left).toBeGreaterThan(3000);
  expect(first.context.left).toBeLessThanOrEqual(5000);
  const second = (await run.invoke({ action: 'echo' })) as Echo;
  expect(second).toMatchObject({ calls: 2, pid: first.pid });
  expect(await run.invoke({ action: 'nothing' })).toBeNull();
  expect(lines).toEqual(['loading']);
  expect(run.initMilliseconds).toHaveLength(1);
  expect(run.initMilliseconds[0]).toBeGreaterThan(5);
});

test('a child has what Lambda has, and nothing of ours', async () => {
  process.env.ASSAY_TEST_SECRET = 'ours';
  const { run } = startFunction({ environment: { BUCKET: 'b' }, endpointS3: 'http://127.0.0.1:1' });
  const seen = (await run.invoke({ action: 'environment' })) as { env: Record<string, string>; [name: string]: unknown };
  delete process.env.ASSAY_TEST_SECRET;
  expect(Object.keys(seen.env).sort()).toEqual(
    [
      'AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_EC2_METADATA_DISABLED AWS_ENDPOINT_URL_S3 AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME',
      'AWS_REGION AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED AWS_SECRET_ACCESS_KEY BUCKET LAMBDA_TASK_ROOT LANG NODE_PATH PATH TMPDIR TZ _HANDLER',
    ]
      .join(' ')
      .split(' '),
  );
  expect(seen.env).toMatchObject({ BUCKET: 'b', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256' });
  expect(seen).toMatchObject({ files: [], argv: [], tmp: seen.env.TMPDIR, flags: ['--max-old-space-size=230', '--preserve-symlinks'] });
});

test('neither the function nor its layers find the project around them; fallback modules come last', async () => {
  const fallbackModules = join(temporaryFolder(), 'node_modules');
  mkdirSync(join(fallbackModules, 'native'), { recursive: true });
  mkdirSync(join(fallbackModules, 'a-layer'), { recursive: true });
  for (const name of ['native', 'a-layer']) writeFileSync(join(fallbackModules, name, 'index.js'), '');
  const alone = startFunction();
  const around = join(dirname(alone.options.layers[0]!), '..', 'node_modules');
  mkdirSync(around);
  symlinkSync(join(fallbackModules, 'native'), join(around, 'native'));
  for (const action of ['find', 'findFromLayer']) {
    for (const name of ['vitest', '@aws-sdk/client-s3', 'native'])
      expect(await alone.run.invoke({ action, name })).toBe('MODULE_NOT_FOUND');
  }
  const { run } = startFunction({ fallbackModules });
  expect(await run.invoke({ action: 'findFromLayer', name: 'native' })).toMatch(/native.index\.js$/);
  expect(await run.invoke({ action: 'echo' })).toMatchObject({ layer: { is: 'layer' } });
});

test('what a handler throws is reported, and the child goes on', async () => {
  const { run } = startFunction();
  const error = await failure(run.invoke({ action: 'fail' }));
  expect(error).toMatchObject({ errorType: 'RangeError', message: 'too far' });
  expect(error.trace[1]).toContain('index.cjs');
  expect(await failure(run.invoke({ action: 'reject' }))).toMatchObject({ errorType: 'string', message: 'a string' });
  expect(await run.invoke({ action: 'echo' })).toMatchObject({ calls: 1 });
  expect(run.initMilliseconds).toHaveLength(1);
});

test.each(['hang', 'spin'])('a handler that takes too long is killed: %s', async (action) => {
  const { run } = startFunction({ timeoutSeconds: 0.4 });
  const error = await failure(run.invoke({ action }));
  expect(error.errorType).toBe('Sandbox.Timedout');
  expect(error.message).toMatch(/Task timed out after 0\.40 seconds$/);
  expect(await run.invoke({ action: 'echo' })).toMatchObject({ calls: 1 });
  expect(run.initMilliseconds).toHaveLength(2);
});

test.each([
  ['exit', 'Runtime.ExitError', 'status 3'],
  ['kill', 'Runtime.ExitError', 'SIGKILL'],
  ['throwLater', 'Error', 'later'],
])('a child that dies fails its event alone: %s', async (action, errorType, words) => {
  const { run } = startFunction();
  const error = await failure(run.invoke({ action }));
  expect(error.errorType).toBe(errorType);
  expect(error.message).toContain(words);
  expect(await run.invoke({ action: 'echo' })).toMatchObject({ calls: 1 });
});

test('a handler that outgrows its memory fails', { timeout: 30_000 }, async () => {
  const { run } = startFunction({ memoryMB: 64, timeoutSeconds: 20 });
  expect((await failure(run.invoke({ action: 'memory' }))).errorType).toBe('Runtime.ExitError');
});

test('a child that dies between two events is replaced', async () => {
  const { run } = startFunction();
  expect(await run.invoke({ action: 'exitAfter' })).toBe('before');
  await setTimeout(1000);
  expect(await run.invoke({ action: 'echo' })).toMatchObject({ calls: 1 });
});

test('a bundle that does not load fails every event with its reason', async () => {
  const broken = startFunction({}, "throw new SyntaxError('broken bundle')");
  expect(await failure(broken.run.invoke({}))).toMatchObject({ errorType: 'SyntaxError', message: 'broken bundle' });
  const missing = startFunction({ handler: 'other' });
  expect((await failure(missing.run.invoke({}))).message).toContain('other is not a function');
  const slow = startFunction({ initSeconds: 0.5 }, 'for (;;);');
  expect((await failure(slow.run.invoke({}))).message).toContain('Initialisation timed out');
});

test('events run side by side up to the concurrency, each child one at a time', async () => {
  const { run } = startFunction({ concurrency: 2 });
  const pids = await Promise.all(Array.from({ length: 6 }, () => run.invoke({ action: 'wait', milliseconds: 30 })));
  expect(new Set(pids).size).toBe(2);
  expect(run.initMilliseconds).toHaveLength(2);
});

test('every line is handed on, and nothing is left behind', async () => {
  const { run, lines } = startFunction();
  await run.invoke({ action: 'say' });
  const { env } = (await run.invoke({ action: 'environment' })) as { env: Record<string, string> };
  await run.close();
  expect([...lines].sort()).toEqual(['loading', 'no end', 'one', 'three', 'two']);
  expect(existsSync(dirname(env.LAMBDA_TASK_ROOT!))).toBe(false);
  await expect(run.invoke({})).rejects.toThrow('closed');
});

test('closing ends what runs and what waits', async () => {
  const { run } = startFunction();
  const calls = [run.invoke({ action: 'hang' }), run.invoke({ action: 'echo' })].map(failure);
  await setTimeout(300);
  await run.close();
  expect((await Promise.all(calls)).map(({ errorType }) => errorType)).toEqual(['Runtime.ExitError', 'ServiceException']);
});
