import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { upstream } from './upstream.ts';

const SCRIPT = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));
const KEYS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_EC2_METADATA_DISABLED: 'true', NODE_NO_WARNINGS: '1' };

/** The built command, its first line, and how it ended. */
function browse(args: string[], env: Record<string, string> = {}) {
  const variables = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_REGION: 'us-east-1', ...KEYS, ...env };
  const child = spawn(process.execPath, [SCRIPT, 'browse', ...args], { env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill());
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const line = new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())));
  const ended = new Promise<{ status: number | null; stderr: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, stderr })),
  );
  return { child, line, ended };
}

const outputs = (value: string): string =>
  `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>Assay</StackName><CreationTime>2026-07-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${value}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

it('finds the API in the outputs of the stack, and serves its pages until it is told to end', async () => {
  const api = await upstream((_, response) => void response.end('the page'));
  const member = `<member><OutputKey>ApiUrl</OutputKey><OutputValue>${api.url}/live/</OutputValue></member>`;
  const cloudFormation = await upstream((_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(outputs(member)));
  const { child, line, ended } = browse([], { AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url });
  const said = await line;
  expect(said).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/live/v1/monitors {3}\\(${api.url}/live/, signed; Ctrl-C ends it\\)\n$`));
  expect(await (await fetch(said.split(' ')[0]!)).text()).toBe('the page');
  expect(api.asked[0]).toMatchObject({
    url: '/live/v1/monitors',
    headers: { authorization: expect.stringContaining('/us-east-1/execute-api/') as string },
  });
  child.kill('SIGINT');
  expect(await ended).toEqual({ status: 0, stderr: '' });
});

it.each<[string, string[], Record<string, string>, RegExp]>([
  [
    'an address that is none',
    ['--url', 'ftp://x'],
    {},
    /^assay: --url: expected the API's address as https:\/\/HOST\/STAGE\/, got "ftp:\/\/x"\n$/,
  ],
  ['an address in the clear', ['--url', 'http://example.com/live/'], {}, /^assay: --url: expected the API's address as https/],
  ['a port that is none', ['--port', '70000', '--url', 'https://x/'], {}, /^assay: --port: expected 1 to 65535, got "70000"\n$/],
  [
    'no stack to ask',
    [],
    { AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:1' },
    /^assay: browse: the API of stack "Assay" cannot be looked up \(.*ECONNREFUSED.*\); give --url, or --stack and --region\n$/,
  ],
  ['no region', ['--url', 'http://127.0.0.1:1/'], { AWS_REGION: '' }, /^assay: browse: no region: give --region, or set AWS_REGION\n$/],
  [
    'no credentials',
    ['--url', 'http://127.0.0.1:1/'],
    { AWS_ACCESS_KEY_ID: '' },
    /^assay: browse: there are no AWS credentials \(.*\); set AWS_PROFILE or .*\n$/,
  ],
])('says in one line what is wrong, and exits with 2: %s', async (_, args, env, expected) => {
  const { status, stderr } = await browse(args, env).ended;
  expect({ status, lines: stderr.split('\n').length }).toEqual({ status: 2, lines: 2 });
  expect(stderr).toMatch(expected);
});

it('says that a stack has no API', async () => {
  const { url } = await upstream((_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(outputs('')));
  const { status, stderr } = await browse(['--stack', 'Mine'], { AWS_ENDPOINT_URL_CLOUDFORMATION: url }).ended;
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^assay: browse: stack "Mine" has no output ApiUrl: /)]);
});
