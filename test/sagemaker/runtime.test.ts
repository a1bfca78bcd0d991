import { describe, expect, it } from 'vitest';
import { ContainerError } from '../../local/sagemaker/index.ts';
import { capture, config, endpoint } from './descriptions.ts';
import { runtimeLab } from './runtime-lab.ts';

const AT = Date.UTC(2026, 6, 1, 13, 27, 57, 62);
const all = (of: object = {}) => ({
  'endpoint-configs/credit-7': config({ DataCaptureConfig: capture({ InitialSamplingPercentage: 100, ...of }) }),
});
const KEY = /^capture\/data\/credit-risk-prod\/AllTraffic\/2026\/07\/01\/13\/27-57-062-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jsonl$/;
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('an endpoint on this machine, invoked by the SDK', () => {
  it('answers, and captures request and answer as they were, a line each, in a file of the hour', async () => {
    const lab = await runtimeLab(all(), { now: () => AT });
    expect(await lab.invoke({ Body: '1,ab\n2,cde', InferenceId: 'app-1' })).toEqual({
      body: '4\n5\n',
      contentType: 'text/csv; charset=utf-8',
      variant: 'AllTraffic',
    });
    await lab.invoke({ Body: '{"a":1}', ContentType: 'application/json', CustomAttributes: 'trace=7' });
    const files = Object.entries(await lab.captured());
    expect(files).toHaveLength(1);
    const [key, records] = files[0]!;
    expect(key).toMatch(KEY);
    const output = { observedContentType: 'text/csv; charset=utf-8', mode: 'OUTPUT', encoding: 'CSV' };
    expect(records).toEqual([
      {
        captureData: {
          endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: '1,ab\n2,cde', encoding: 'CSV' },
          endpointOutput: { ...output, data: '4\n5\n' },
        },
        eventMetadata: { eventId: UUID, inferenceId: 'app-1', inferenceTime: '2026-07-01T13:27:57Z' },
        eventVersion: '0',
      },
      {
        captureData: {
          endpointInput: { observedContentType: 'application/json', mode: 'INPUT', data: 'eyJhIjoxfQ==', encoding: 'BASE64' },
          endpointOutput: { ...output, data: expect.any(String) as string },
        },
        eventMetadata: { eventId: UUID, customAttributes: ['trace=7'], inferenceTime: '2026-07-01T13:27:57Z' },
        eventVersion: '0',
      },
    ]);
  });

  it('begins a file with every hour', async () => {
    let now = AT;
    const lab = await runtimeLab(all(), { now: () => now });
    await lab.invoke({ Body: '1' });
    now += 3_600_000;
    await lab.invoke({ Body: '2' });
    expect(Object.keys(await lab.captured()).map((key) => key.slice(0, -43))).toEqual(
      ['13', '14'].map((hour) => `capture/data/credit-risk-prod/AllTraffic/2026/07/01/${hour}/27-57-062`),
    );
  });

  it('captures the share it is told, and the endpoint has the last word', async () => {
    const draws = [0.5, 0.1, 0.5, 0.3, 0.5, 0.9];
    const lab = await runtimeLab(
      { ...all(), 'endpoints/credit-risk-prod': endpoint({ DataCaptureConfig: { EnableCapture: true, CurrentSamplingPercentage: 30 } }) },
      { random: () => draws.shift()! },
    );
    for (const Body of ['a', 'b', 'c']) await lab.invoke({ Body });
    expect(Object.values(await lab.captured()).flat()).toHaveLength(1);
  });

  it.each<[string, object, string[][]]>([
    ['only the output', { CaptureOptions: [{ CaptureMode: 'Output' }] }, [['endpointOutput']]],
    ['only the input', { CaptureOptions: [{ CaptureMode: 'Input' }] }, [['endpointInput']]],
    ['nothing without an option', { CaptureOptions: [] }, []],
    ['nothing where it is disabled', { EnableCapture: false }, []],
    ['nothing of 0 %', { InitialSamplingPercentage: 0 }, []],
  ])('captures %s', async (_, of, sides) => {
    const lab = await runtimeLab(all(of));
    await lab.invoke({ Body: '1' });
    const records = Object.values(await lab.captured()).flat() as { captureData: object }[];
    expect(records.map(({ captureData }) => Object.keys(captureData))).toEqual(sides);
  });

  it('answers all the same where nothing can be written, and says so in the log', async () => {
    const said: string[] = [];
    const put = async (): Promise<void> => Promise.reject(new Error('Access Denied'));
    const lab = await runtimeLab(all(), { put, log: (line) => said.push(line) });
    expect((await lab.invoke({ Body: '1' })).body).toBe('1\n');
    await lab.captured();
    expect(said).toEqual(['sagemaker: 1 captured requests are lost: Access Denied']);
  });

  it('shares requests out by weight, and takes the variant that is asked for', async () => {
    const variants = ['Blue', 'Green'].map((VariantName) => ({ VariantName, ModelName: 'credit-7', InitialVariantWeight: 1 }));
    const draws = [0.4, 0, 0.6, 0, 0.6, 0];
    const lab = await runtimeLab(
      {
        'endpoint-configs/credit-7': config({ ProductionVariants: variants }),
        'endpoints/credit-risk-prod': endpoint({ ProductionVariants: [] }),
      },
      { random: () => draws.shift()! },
    );
    const asked = [{}, {}, { TargetVariant: 'Blue' }];
    const answered: string[] = [];
    for (const of of asked) answered.push((await lab.invoke({ Body: '1', ...of })).variant);
    expect(answered).toEqual(['Blue', 'Green', 'Blue']);
  });
});

describe('it refuses in the words of SageMaker', () => {
  it.each<[string, object, object]>([
    [
      'an endpoint that is not there',
      { EndpointName: 'other' },
      { name: 'ValidationError', message: 'Endpoint other of account 000000000000 not found.' },
    ],
    ['a variant that is not there', { TargetVariant: 'Red' }, { name: 'ValidationError', message: 'Variant Red not found.' }],
  ])('%s', async (_, of, expected) => {
    const lab = await runtimeLab();
    await expect(lab.invoke({ Body: '1', ...of })).rejects.toMatchObject(expected);
  });

  it('an endpoint that does not serve', async () => {
    const lab = await runtimeLab({ 'endpoints/credit-risk-prod': endpoint({ EndpointStatus: 'Creating' }) });
    await expect(lab.invoke({ Body: '1' })).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('what the container refuses, which is not captured', async () => {
    const containers = { xgboost: async () => Promise.reject(new ContainerError(415, 'expected text/csv')) };
    const lab = await runtimeLab(all(), { containers });
    await expect(lab.invoke({ Body: '1' })).rejects.toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 415,
      OriginalMessage: 'expected text/csv',
    });
    expect(await lab.captured()).toEqual({});
  });

  it('another address, and a page of another origin', async () => {
    const { url } = await runtimeLab();
    const post = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(url + path, { method: 'POST', headers });
    expect((await post('/endpoints/..%2f/invocations')).status).toBe(404);
    expect((await post('/endpoints/credit-risk-prod/invocations', { origin: 'http://evil.example' })).status).toBe(403);
  });
});
