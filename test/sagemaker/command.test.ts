import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Monitor, monitorSchema } from '../../layers/quality/contract/monitor.ts';
import { constraints } from '../model-monitor/fixtures.ts';
import { ENDPOINT, LOCATION, registered } from './descriptions.ts';
import { type World, world } from './fixture.ts';

const KEY = `data/${ENDPOINT}/AllTraffic/2026/07/01/13/00-01-002-x.jsonl`;
const discover = (made: World, args: string[] = [], env = {}) =>
  made.assay(['discover', ENDPOINT, '--out', 'out/monitor.json', ...args], env);
const written = (made: World): Monitor => monitorSchema.parse(JSON.parse(readFileSync(made.path('out/monitor.json'), 'utf8')));

/** Captured requests of one row: `income,channel` in, a score out. */
const capturedLines = Array.from({ length: 60 }, (_, i) =>
  JSON.stringify({
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: `${1000 + i},${i % 2 ? 'web' : 'shop'}`, encoding: 'CSV' },
      endpointOutput: { observedContentType: 'text/csv', mode: 'OUTPUT', data: `0.${10 + i}`, encoding: 'CSV' },
    },
    eventMetadata: { eventId: `e-${i}`, inferenceTime: `2026-07-01T13:00:${String(i).padStart(2, '0')}Z` },
    eventVersion: '0',
  }),
).join('\n');

describe('assay discover', () => {
  it('writes a monitor that check accepts, with the data from where it says', async () => {
    const made = await world(
      registered({ DriftCheckBaselines: { ModelDataQuality: { Constraints: { S3Uri: 's3://capture/mm/constraints.json' } } } }),
    );
    await made.put(KEY, capturedLines);
    await made.put('mm/constraints.json', constraints());
    const { status, stdout, stderr } = await discover(made);
    expect({ status, lines: stderr.split('\n').length }).toEqual({ status: 0, lines: 3 });
    expect(stdout).toContain(`out/monitor.json  monitor "${ENDPOINT}": ${LOCATION}, 2 columns`);
    expect(stdout).toContain(`aws s3 cp out/monitor.json s3://DATA-BUCKET/monitors/${ENDPOINT}/monitor.json`);
    expect(stderr).toMatch(/^assay: a baseline of Model Monitor or Clarify has no rows/);
    expect(readdirSync(made.path('out'))).toEqual(['monitor.json']);
    const monitor = written(made);
    expect(monitor).toMatchObject({ endpoint: ENDPOINT, input: { location: LOCATION, format: 'capture', samplingPercentage: 20 } });
    const checked = await made.assay(['check', monitor.input!.location!, '--monitor', 'out/monitor.json', '--format', 'json']);
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(checked.stdout)).toMatchObject({
      ...{ monitor: ENDPOINT, subject: { rows: 60 } },
      notes: expect.arrayContaining(['The monitor names what is not there: no column "message"']),
    });
  });

  it('names reference data that check then compares with', async () => {
    const Statistics = { S3Uri: 's3://capture/reference.jsonl', ContentType: 'application/jsonlines' };
    const made = await world(registered({ DriftCheckBaselines: { ModelDataQuality: { Statistics } } }));
    await made.put(KEY, capturedLines);
    await made.put('reference.jsonl', capturedLines);
    expect((await discover(made)).stderr).toBe('');
    const checked = await made.assay(['check', LOCATION, '--monitor', 'out/monitor.json', '--format', 'json']);
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(checked.stdout)).toMatchObject({ verdict: 'pass', baseline: { rows: 60 } });
  });

  it('takes an ARN, whose region counts, and a variant', async () => {
    const made = await world();
    const arn = `arn:aws:sagemaker:eu-west-1:000000000000:endpoint/${ENDPOINT}`;
    const { status, stdout } = await made.assay(['discover', arn, '--variant', 'AllTraffic', '--out', 'm.json'], { AWS_REGION: undefined });
    expect(status).toBe(0);
    expect(stdout).toContain(`m.json  monitor "${ENDPOINT}-alltraffic": ${LOCATION}AllTraffic/`);
  });

  it('says nothing with --quiet, and writes a monitor without data where none is captured', async () => {
    const made = await world({ 'endpoint-configs/credit-7': { ProductionVariants: [] } });
    expect(await discover(made, ['--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(written(made).input).toEqual({ format: 'capture' });
    const { stdout, stderr } = await discover(made);
    expect(stdout).toContain('no location');
    expect(stdout).not.toContain('next:');
    expect(stderr).toMatch(/^assay: the endpoint has no data capture/);
  });
});

describe('where nothing can be written it says why in one line, and exits with 2', () => {
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  it.each<[string, string[], Record<string, string | undefined>, RegExp]>([
    [
      'no such endpoint',
      ['discover', 'other', '--out', 'm.json'],
      {},
      /^assay: discover: endpoint "other" was not found: Could not find endpoint "arn:/,
    ],
    ['a name that is none', ['discover', 'a/b', '--out', 'm.json'], {}, /^assay: discover: expected an endpoint's name .*got "a\/b"\n$/],
    [
      'no such variant',
      ['discover', ENDPOINT, '--variant', 'Blue', '--out', 'm.json'],
      {},
      /^assay: --variant: endpoint .* has no variant "Blue", but AllTraffic\n$/,
    ],
    [
      'no region',
      ['discover', ENDPOINT, '--out', 'm.json'],
      { AWS_REGION: undefined },
      /^assay: discover: no usable region .*give --region/,
    ],
    [
      'a region that is none',
      ['discover', ENDPOINT, '--region', 'eu west', '--out', 'm.json'],
      { AWS_ENDPOINT_URL_SAGEMAKER: undefined },
      /^assay: discover: no usable region /,
    ],
    [
      'no credentials',
      ['discover', ENDPOINT, '--out', 'm.json'],
      none,
      /^assay: discover: .*did not accept the credentials \(Could not load credentials/,
    ],
    [
      'nobody there',
      ['discover', ENDPOINT, '--out', 'm.json'],
      { AWS_ENDPOINT_URL_SAGEMAKER: 'http://127.0.0.1:1' },
      /^assay: discover: .*cannot be reached \(connect ECONNREFUSED/,
    ],
    ['nowhere to write', ['discover', ENDPOINT, '--out', 'taken/m.json'], {}, /^assay: --out: cannot write to /],
  ])('%s', async (_, args, env, expected) => {
    const made = await world();
    writeFileSync(made.path('taken'), '');
    const { status, stdout, stderr } = await made.assay(args, env);
    expect({ status, stdout, lines: stderr.split('\n').length }).toEqual({ status: 2, stdout: '', lines: 2 });
    expect(stderr).toMatch(expected);
    expect(existsSync(made.path('m.json'))).toBe(false);
  });

  it('no permission', async () => {
    const made = await world({}, { denied: ['DescribeEndpoint'] });
    const { status, stdout, stderr } = await discover(made);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^assay: discover: DescribeEndpoint of endpoint .*; add the action sagemaker:DescribeEndpoint to the caller's IAM policy\n$/,
    );
    expect(existsSync(made.path('out'))).toBe(false);
  });

  it('a folder is there already', async () => {
    const made = await world();
    mkdirSync(made.path('out/monitor.json'), { recursive: true });
    const { status, stderr } = await discover(made);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^assay: --out: cannot write to \S+: E\w+\n$/);
    expect(readdirSync(made.path('out'))).toEqual(['monitor.json']);
  });
});
