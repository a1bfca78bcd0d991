import { describe, expect, it } from 'vitest';
import { backfillMachine, MACHINE_DEFAULTS } from '../../layers/quality/contract/backfill-machine.ts';
import { type Execution, Executions, type ListedObject, UnknownStateError, type World } from '../../local/state-machine/index.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:assay';
// biome-ignore lint/suspicious/noExplicitAny: a definition is a tree of many shapes.
type Json = any;
const machineOf = (settings = {}): Json =>
  JSON.parse(JSON.stringify(backfillMachine({ ...MACHINE_DEFAULTS, ...settings })).replaceAll(/\$\{(\w+)\}/g, '$1'));
const objects = (count: number): ListedObject[] =>
  Array.from({ length: count }, (_, i) => ({ Etag: '"e"', Key: `data/${i}`, LastModified: 1.5, Size: 1, StorageClass: 'STANDARD' }));
const failure = (errorType: string, message = 'no'): Error => Object.assign(new Error(message), { errorType });

interface Batch {
  Items: ListedObject[];
}
const done = ({ Items, ...rest }: Batch) => ({ ...rest, Items: [], left: 0 });

function lab({
  count = 60,
  ingest = done as (batch: Batch, call: number) => unknown,
  audit = (window: Json): unknown => ({ audited: [window] }),
  settings = {},
} = {}) {
  const calls: { name: string; payload: Json }[] = [];
  const waits: number[] = [];
  const files = new Map<string, Json>();
  let running = 0;
  const seen = { most: 0 };
  const world: World = {
    invoke: async (name, payload) => {
      calls.push({ name, payload });
      seen.most = Math.max(seen.most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return name === 'IngestFunction' ? ingest(payload as Batch, calls.length) : audit(payload);
    },
    list: (_, prefix) => objects(count).filter(({ Key }) => Key.startsWith(prefix)),
    put: async (bucket, key, body) => void files.set(`${bucket}/${key}`, JSON.parse(body)),
    wait: async (seconds) => void waits.push(seconds),
    random: () => 0.5,
  };
  const executions = new Executions(ARN, machineOf(settings), world);
  const run = async (input: object): Promise<Execution & { result: Json }> => {
    const { executionArn } = executions.start('name', JSON.stringify(input));
    await executions.idle();
    const execution = executions.describe(executionArn);
    return { ...execution, result: JSON.parse(execution.output ?? 'null') };
  };
  const ingested = () => calls.filter(({ name }) => name === 'IngestFunction').map(({ payload }) => payload);
  return { run, calls, ingested, waits, files, seen, executions };
}
const SOURCE = { bucket: 'capture', prefix: 'data/' };
const WINDOW = { monitor: 'm', from: '2026-07-01T00:00:00Z', to: '2026-07-02T00:00:00Z' };
const INPUT = { source: SOURCE, windows: [WINDOW], results: 'backfills/m/1' };

describe('the state machine on this machine', () => {
  it('hands each object to ingest once, in batches, then the windows to audit', async () => {
    const { run, calls, ingested } = lab();
    const { status, result } = await run(INPUT);
    expect(status).toBe('SUCCEEDED');
    expect(ingested().map(({ Items }) => Items.length)).toEqual([25, 25, 10]);
    expect(new Set(ingested().flatMap(({ Items }) => Items.map(({ Key }: ListedObject) => Key))).size).toBe(60);
    expect(ingested()[0].BatchInput).toEqual({ bucket: 'capture' });
    expect(calls.at(-1)).toEqual({ name: 'AuditFunction', payload: WINDOW });
    expect(result.audits).toEqual([{ audited: [WINDOW] }]);
  });

  it('calls ingest again for what it left', async () => {
    const half = ({ Items, ...rest }: Batch) => {
      const left = Items.slice(Math.ceil(Items.length / 2));
      return { ...rest, Items: left, left: left.length };
    };
    const { run, ingested } = lab({ count: 8, ingest: half });
    expect((await run(INPUT)).status).toBe('SUCCEEDED');
    expect(ingested().map(({ Items }) => Items.length)).toEqual([8, 4, 2, 1]);
  });

  it('audits alone where there is no source, and processes alone where there are no windows', async () => {
    const alone = lab();
    expect((await alone.run({ windows: [WINDOW, WINDOW], results: 'backfills/m/1' })).result.audits).toHaveLength(2);
    expect(alone.ingested()).toEqual([]);
    expect((await lab().run({ ...INPUT, windows: [] })).result.audits).toEqual([]);
  });

  it('takes an empty prefix for done', async () => {
    const { run, ingested, files } = lab({ count: 0 });
    const { status, result } = await run(INPUT);
    expect([status, ingested()]).toEqual(['SUCCEEDED', []]);
    expect(files.get(`DataBucket/${result.objects.ResultWriterDetails.Key}`).ResultFiles).toEqual({
      FAILED: [],
      PENDING: [],
      SUCCEEDED: [],
    });
  });

  it('repeats what may go well again, with growing pauses and jitter, and nothing else', async () => {
    const busy = lab({
      count: 1,
      ingest: (batch, call) => {
        if (call < 4) throw failure('Lambda.TooManyRequestsException');
        return done(batch);
      },
    });
    expect((await busy.run(INPUT)).status).toBe('SUCCEEDED');
    expect(busy.waits).toEqual([1, 2, 4]);
    const malformed = lab({
      count: 1,
      ingest: () => {
        throw failure('MalformedBatchError');
      },
    });
    expect([(await malformed.run(INPUT)).status, malformed.waits]).toEqual(['FAILED', []]);
  });

  it('goes on past few failures, and says of each batch what became of it', async () => {
    const { run, files, waits } = lab({
      count: 100,
      settings: { batchSize: 2 },
      ingest: (batch) => {
        if (batch.Items.some(({ Key }) => Key === 'data/7')) throw failure('ObjectsFailedError', '1 object(s) failed: data/7: poison');
        return done(batch);
      },
    });
    const { status, result } = await run(INPUT);
    expect([status, waits]).toEqual(['SUCCEEDED', [15, 30]]);
    const { Bucket, Key } = result.objects.ResultWriterDetails;
    expect(Key).toMatch(/^backfills\/m\/1\/[0-9a-f-]{36}\/manifest\.json$/);
    const { FAILED, SUCCEEDED } = files.get(`${Bucket}/${Key}`).ResultFiles;
    expect([FAILED.length, SUCCEEDED.length]).toEqual([1, 1]);
    const [child, ...others] = files.get(`${Bucket}/${FAILED[0].Key}`);
    expect(others).toEqual([]);
    expect(child).toMatchObject({ Status: 'FAILED', Error: 'ObjectsFailedError' });
    expect(child.Cause).toContain('data/7: poison');
    expect(JSON.parse(child.Input).Items).toHaveLength(2);
    expect(files.get(`${Bucket}/${SUCCEEDED[0].Key}`)).toHaveLength(49);
  });

  it('stops when more fail than is tolerated, and audits nothing then', async () => {
    const { run, calls, files } = lab({
      count: 1000,
      settings: { batchSize: 10, maxConcurrency: 2 },
      ingest: () => {
        throw failure('MalformedBatchError');
      },
    });
    expect(await run(INPUT)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(calls.length).toBeLessThan(20);
    expect([...files.keys()].map((key) => key.split('/').at(-1)).sort()).toEqual(['FAILED_0.json', 'PENDING_0.json', 'manifest.json']);
  });

  it('keeps to its concurrency', async () => {
    const { run, seen } = lab({ count: 200, settings: { maxConcurrency: 3 } });
    await run(INPUT);
    expect(seen.most).toBe(3);
  });

  it('fails with the error of an audit that failed', async () => {
    const { run } = lab({
      audit: () => {
        throw failure('UsageError', 'no monitor "m"');
      },
    });
    const { status, error, cause } = await run(INPUT);
    expect([status, error, JSON.parse(cause!).errorMessage]).toEqual(['FAILED', 'UsageError', 'no monitor "m"']);
    expect(await lab().run({ ...INPUT, windows: 'all' })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('takes the same name with the same input for the same execution while it runs, and refuses it later', async () => {
    const { executions, run } = lab({ count: 1 });
    const first = executions.start('name', '{"windows":[]}');
    expect(executions.start('name', '{"windows":[]}')).toBe(first);
    expect(() => executions.start('name', '{}')).toThrow('Already Exists');
    await expect(run({ windows: [] })).resolves.toMatchObject({ status: expect.any(String) });
    await executions.idle();
    expect(() => executions.start('name', '{"windows":[]}')).toThrow('Already Exists');
    expect(() => executions.describe('arn:none')).toThrow('Does Not Exist');
    expect(() => executions.start('a b', '{}')).toThrow('Invalid Name');
  });
});

describe('a definition', () => {
  it.each([
    ['a state of another type', (made: Json) => (made.States.Pause = { Type: 'Wait', Seconds: 1 }), /state Pause: Wait is not run here/],
    [
      'another integration',
      (made: Json) => (made.States.Objects.ItemReader.Resource = 'arn:aws:states:::s3:getObject'),
      /Objects\.ItemReader: .*getObject is not run here; s3:listObjectsV2 is/,
    ],
    ['a field that is not known', (made: Json) => (made.States.Objects.ItemSelector = {}), /Objects: ItemSelector is not known here/],
    [
      'an inner state of another type',
      (made: Json) => (made.States.Windows.ItemProcessor.States.Audit.Type = 'Parallel'),
      /state Windows\.Audit: Parallel is not run here/,
    ],
  ])('with %s is refused before any of it runs', (_, change, message) => {
    const made = machineOf();
    change(made);
    expect(() => new Executions(ARN, made, {} as World)).toThrow(UnknownStateError);
    expect(() => new Executions(ARN, made, {} as World)).toThrow(message);
  });
});
