import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHandler } from '../../functions/endpoint/endpoint.ts';
import { endpointOf } from '../../functions/endpoint/event.ts';
import { createControlPlane } from '../../layers/quality/sagemaker/index.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { followEndpoints } from '../../layers/quality/usecases/follow-endpoint.ts';
import { endpointDeployed } from '../../local/events.ts';
import { memoryStore } from '../usecases/memory-store.ts';
import { ENDPOINT, type Files, LOCATION } from './descriptions.ts';
import { stubAws, world } from './fixture.ts';

const monitor = (of: object = {}) => ({ schema: 'assay.monitor/1', monitor: 'm', endpoint: ENDPOINT, deployment: 'credit-7', ...of });
const AS_FOUND = { input: { location: LOCATION, format: 'capture', samplingPercentage: 20 } };

/** Monitors in a store, and the endpoint as it is described. */
async function lab(monitors: Record<string, object | string>, files: Files = {}, options: { denied?: string[] } = {}) {
  const made = await world(files, options);
  stubAws(made.urls.sagemaker);
  const plane = createControlPlane('us-east-1');
  onTestFinished(() => plane.close());
  const store = memoryStore();
  const put = (name: string, of: object | string): Promise<boolean> =>
    store.replace(
      'b',
      `monitors/${name}/monitor.json`,
      Buffer.from(typeof of === 'string' ? of : JSON.stringify(of)),
      'application/json',
      null,
    );
  for (const [name, of] of Object.entries(monitors)) await put(name, of);
  const logs: [string, Record<string, unknown> | undefined][] = [];
  const deps = { store, dataBucket: 'b', log: (message: string, fields?: Record<string, unknown>) => void logs.push([message, fields]) };
  const read = async (name: string): Promise<unknown> =>
    JSON.parse((await store.get('b', `monitors/${name}/monitor.json`))!.body.toString('utf8'));
  return { deps, plane, read, logs, follow: (endpoint: string | null = ENDPOINT) => followEndpoints(deps, plane, endpoint) };
}

describe('following an endpoint', () => {
  it('brings its monitors up to date, and no others', async () => {
    const { follow, read } = await lab({
      m: monitor(),
      other: monitor({ monitor: 'other', endpoint: 'else' }),
      plain: { schema: 'assay.monitor/1', monitor: 'plain' },
    });
    expect((await follow()).map(({ monitor: name }) => name)).toEqual(['m']);
    expect(await read('m')).toEqual(monitor(AS_FOUND));
    expect(await read('other')).toEqual(monitor({ monitor: 'other', endpoint: 'else' }));
  });

  it('writes nothing the second time', async () => {
    const { follow } = await lab({ m: monitor(AS_FOUND) });
    expect(await follow()).toEqual([{ monitor: 'm', endpoint: ENDPOINT, changes: [] }]);
  });

  it('does not overwrite what somebody changed meanwhile', async () => {
    const { deps, plane, read } = await lab({ m: monitor() });
    const theirs = monitor({ windows: ['6h'] });
    let met = false;
    const replace: typeof deps.store.replace = async (...given) => {
      if (!met) {
        met = true;
        await deps.store.replace(
          given[0],
          given[1],
          Buffer.from(JSON.stringify(theirs)),
          'application/json',
          (await deps.store.get(given[0], given[1]))!.etag,
        );
      }
      return deps.store.replace(...given);
    };
    await followEndpoints({ ...deps, store: { ...deps.store, replace } }, plane, ENDPOINT);
    expect(await read('m')).toEqual({ ...theirs, ...AS_FOUND });
  });

  it('passes over an endpoint that is gone, and a monitor that cannot be read', async () => {
    const { follow, logs } = await lab({ m: monitor({ endpoint: 'gone' }), broken: '{' });
    expect(await follow(null)).toEqual([]);
    expect(logs.map(([message, fields]) => [message, fields?.monitor])).toEqual([['a monitor cannot be read', 'broken']]);
  });

  it('fails, after all the others, where SageMaker may not be asked', async () => {
    const { follow, logs } = await lab({ m: monitor() }, {}, { denied: ['DescribeEndpoint'] });
    await expect(follow()).rejects.toThrow(/1 monitors do not follow their endpoints: DescribeEndpoint of endpoint .* is not allowed/);
    expect(logs).toEqual([
      ['a monitor does not follow its endpoint', { monitor: 'm', error: expect.stringContaining('sagemaker:DescribeEndpoint') as string }],
    ]);
  });
});

describe('the function', () => {
  const UNUSED = { resources: { scratch: '', memoryMB: 1, workers: 1 }, scratchBytes: 1, version: 'test' };
  const context = { awsRequestId: 'request-1', functionName: 'endpoint' } as Context;

  it('follows the endpoint of an event', async () => {
    const { deps, plane } = await lab({ m: monitor(AS_FOUND) });
    const handler = createHandler(
      followEndpoints,
      { ...deps, ...UNUSED } as ProcessDependencies,
      plane,
      new Logger({ serviceName: 'test' }),
    );
    expect(await handler(endpointDeployed(ENDPOINT), context)).toEqual({ followed: [{ monitor: 'm', endpoint: ENDPOINT, changes: [] }] });
  });

  it('follows all endpoints when a model package changed', () => {
    const detail = { ModelPackageGroupName: 'credit', ModelPackageVersion: 7, ModelApprovalStatus: 'Approved' };
    expect(endpointOf({ 'detail-type': 'SageMaker Model Package State Change', source: 'aws.sagemaker', detail })).toBeNull();
  });

  it.each([[{}], [{ 'detail-type': 'Object Created', detail: {} }], [{ 'detail-type': 'SageMaker Endpoint State Change', detail: {} }]])(
    'refuses %j',
    (event) => {
      expect(() => endpointOf(event)).toThrow(
        /^endpoint event is malformed: expected SageMaker's change of an endpoint or a model package; /,
      );
    },
  );
});
