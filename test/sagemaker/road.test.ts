import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Call, captureLine, inputText } from '../../examples/credit-risk/capture.ts';
import { BASELINE_START, judgedHour, makeBaseline } from '../../examples/credit-risk/data.ts';
import { exampleContainers, writeExample } from '../../examples/credit-risk/endpoint.ts';
import { trainedModel } from '../../examples/credit-risk/model.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { createControlPlane, discover } from '../../layers/quality/sagemaker/index.ts';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import { DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { fakeCloudWatch } from '../cloudwatch/fake-cloudwatch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const example = JSON.parse(readFileSync(join(root, 'examples/credit-risk/monitor.json'), 'utf8')) as Monitor;
const SEED = 20260701;
const ENDPOINT = 'credit-risk-prod';

/** The embedded cloud with the example's endpoint, at a time that the test sets. */
async function cloudAt(clock: { now: number }) {
  const directory = mkdtempSync(join(tmpdir(), 'assay-road-'));
  const models = join(directory, '.assay-sagemaker');
  writeExample(models, `s3://${DATA_BUCKET}/capture`);
  const sagemaker = { directory: models, containers: exampleContainers(SEED), flushMilliseconds: 3_600_000, now: () => clock.now };
  const cloudWatch = await fakeCloudWatch();
  const environment = { AWS_ENDPOINT_URL_CLOUDWATCH: cloudWatch.url };
  const cloud = await startAssayCloud({ directory, root, sagemaker, environment });
  const variables = {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_ENDPOINT_URL_S3: cloud.s3Url },
    ...{ AWS_ENDPOINT_URL_SAGEMAKER: cloud.sagemaker!.controlPlane, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: cloud.sagemaker!.runtime },
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await cloud.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const describe = (name: string, content: object): void => {
    mkdirSync(dirname(join(models, name)), { recursive: true });
    writeFileSync(join(models, `${name}.json`), JSON.stringify(content));
  };
  return { ...cloud, describe, metrics: cloudWatch.put };
}

async function invokeAll(calls: Call[], clock: { now: number }): Promise<void> {
  const client = new SageMakerRuntimeClient({ maxAttempts: 1 });
  try {
    for (const { row, at, inferenceId } of calls) {
      clock.now = at;
      const asked = { EndpointName: ENDPOINT, ContentType: 'text/csv', InferenceId: inferenceId, Body: inputText(row) };
      await client.send(new InvokeEndpointCommand(asked));
    }
  } finally {
    client.destroy();
  }
}

it('an endpoint is discovered, invoked, captured, and its hour audited', async () => {
  const { at, calls } = judgedHour(SEED, 13);
  const clock = { now: at };
  const cloud = await cloudAt(clock);
  const store = createS3Store();
  const put = (key: string, body: string): Promise<void> => store.create(DATA_BUCKET, key, Buffer.from(body), 'application/json');
  const plane = createControlPlane();
  onTestFinished(() => plane.close());
  const { monitor, notes } = await discover({ plane, store, endpoint: ENDPOINT, variant: null });
  expect(monitor).toEqual({
    schema: 'assay.monitor/1',
    monitor: ENDPOINT,
    endpoint: ENDPOINT,
    deployment: 'credit-risk-1',
    input: { location: `s3://${DATA_BUCKET}/capture/${ENDPOINT}/`, format: 'capture', samplingPercentage: 100 },
  });
  expect(notes.map((note) => note.slice(0, 26))).toEqual(['nothing has been captured ', 'model credit-risk-1 was no']);

  // What discovery cannot know: the names in payloads that have none, what they are for, and reference data.
  const { columns, positive, favourable, decisionThreshold } = example;
  const modelMonitor = { files: true, metrics: ['feature_baseline_drift_channel'], schedule: 'hourly' };
  const named = {
    ...monitor,
    modelMonitor,
    input: { ...monitor.input, names: example.input!.names },
    columns,
    positive,
    favourable,
    decisionThreshold,
  };
  await put(
    `monitors/${ENDPOINT}/baseline/input/june.jsonl`,
    makeBaseline(SEED)
      .map(({ body }) => body)
      .join(''),
  );
  await put(`monitors/${ENDPOINT}/monitor.json`, JSON.stringify(named));
  await cloud.idle();

  await invokeAll(calls, clock);
  await cloud.idle();
  const captured = await store.list(DATA_BUCKET, 'capture/');
  const lines = (await Promise.all(captured.map(async ({ key }) => (await store.get(DATA_BUCKET, key))!.body.toString('utf8')))).join('');
  const withoutId = (line: string): unknown => {
    const { eventMetadata, ...record } = JSON.parse(line) as { eventMetadata: Record<string, string> };
    return { ...record, eventMetadata: { ...eventMetadata, eventId: null } };
  };
  const model = trainedModel(SEED, BASELINE_START);
  expect(lines.trimEnd().split('\n').map(withoutId)).toEqual(calls.map((call) => withoutId(captureLine(model, call))));

  const window = { from: new Date(at).toISOString(), to: new Date(at + 3_600_000).toISOString() };
  const { audited } = await cloud.audit({ monitor: ENDPOINT, ...window });
  const report = JSON.parse((await store.get(DATA_BUCKET, audited[0]!.report))!.body.toString('utf8')) as Report;
  expect({ verdict: report.verdict, rows: report.subject.rows, rejected: report.subject.rejected }).toEqual({
    verdict: 'fail',
    rows: calls.length,
    rejected: 0,
  });
  expect(report.findings[0]).toMatchObject({ cause: 'category_renamed', columns: ['channel'] });
  expect(cloud.deadLetters()).toEqual([]);
  expect((await store.list(DATA_BUCKET, 'model-monitor/')).map(({ key }) => key)).toEqual(
    ['constraint_violations.json', 'constraints.json', 'metrics.json', 'statistics.json'].map(
      (file) => `model-monitor/${ENDPOINT}/hourly/2026/07/01/14/${file}`,
    ),
  );
  expect(cloud.metrics).toMatchObject([
    {
      Namespace: 'aws/sagemaker/Endpoints/data-metrics',
      MetricData: [{ MetricName: 'feature_baseline_drift_channel', Value: expect.any(Number) as number }],
    },
  ]);
  await redeploy(cloud, named);
}, 240_000);

/** Another model, registered with reference data of its own, takes over: its baseline begins anew, that of the one before stays. */
async function redeploy(cloud: Awaited<ReturnType<typeof cloudAt>>, before: Monitor): Promise<void> {
  const store = createS3Store();
  const current = async () =>
    JSON.parse((await store.get(DATA_BUCKET, `monitors/${ENDPOINT}/baseline/current.json`))!.body.toString('utf8')) as Record<
      string,
      string
    >;
  const old = await current();
  const reference = makeBaseline(SEED).slice(20);
  await store.create(DATA_BUCKET, 'registry/july.jsonl', Buffer.from(reference.map(({ body }) => body).join('')), 'application/jsonlines');
  cloud.describe('model-packages/credit-risk/2', {
    DriftCheckBaselines: {
      ModelDataQuality: { Statistics: { S3Uri: `s3://${DATA_BUCKET}/registry/july.jsonl`, ContentType: 'application/jsonlines' } },
    },
  });
  cloud.describe('models/credit-risk-2', { Containers: [{ Image: 'credit-risk', ModelPackageName: 'credit-risk/2' }] });
  cloud.describe('endpoint-configs/credit-risk-prod-2', {
    ProductionVariants: [{ VariantName: 'AllTraffic', ModelName: 'credit-risk-2' }],
    DataCaptureConfig: { DestinationS3Uri: `s3://${DATA_BUCKET}/capture`, InitialSamplingPercentage: 20, EnableCapture: true },
  });
  cloud.describe(`endpoints/${ENDPOINT}`, { EndpointStatus: 'InService', EndpointConfigName: 'credit-risk-prod-2' });
  await cloud.sagemaker!.deployed(ENDPOINT);
  await cloud.idle();
  const now = JSON.parse((await store.get(DATA_BUCKET, `monitors/${ENDPOINT}/monitor.json`))!.body.toString('utf8')) as Monitor;
  expect(now).toEqual({
    ...before,
    deployment: 'credit-risk-2',
    baseline: `s3://${DATA_BUCKET}/registry/july.jsonl`,
    input: { ...before.input, samplingPercentage: 20 },
  });
  const renewed = await current();
  expect({ deployment: renewed.deployment, another: renewed.id !== old.id }).toEqual({ deployment: 'credit-risk-2', another: true });
  const baselines = await store.folders(DATA_BUCKET, `monitors/${ENDPOINT}/baseline/`);
  expect(baselines).toEqual(['input', old.id, renewed.id].sort());
}
