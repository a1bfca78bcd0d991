import { describe, expect, it } from 'vitest';
import { capture, config, ENDPOINT, endpoint, LOCATION, registered } from './descriptions.ts';
import { notesOf, used } from './fixture.ts';

const captured = (of: object) => ({ 'endpoint-configs/credit-7': config({ DataCaptureConfig: capture(of) }) });

describe('what stands in the way is said, with what mends it', () => {
  const other = 'arn:aws:kms:us-east-1:111111111111:key/abc';
  it.each<[string, object, RegExp[]]>([
    ['disabled', { EnableCapture: false }, [/^data capture is configured but disabled.*update the endpoint/]],
    ['sampling nothing', { InitialSamplingPercentage: 0 }, [/^data capture samples 0 %.*raise InitialSamplingPercentage/]],
    ['output alone', { CaptureOptions: [{ CaptureMode: 'Output' }] }, [/^only the output is captured.*add the capture option Input$/]],
    ['input alone', { CaptureOptions: [{ CaptureMode: 'Input' }] }, [/^only the input is captured.*add the capture option Output$/]],
    ['no option', { CaptureOptions: [] }, [/^no capture option is set/]],
    ['both in one option', { CaptureOptions: [{ CaptureMode: 'InputAndOutput' }] }, []],
    ['a key by id', { KmsKeyId: 'abc' }, [/KMS key abc: reading them needs kms:Decrypt; .*aws kms describe-key --key-id abc/]],
    [
      'a key of this account',
      { KmsKeyId: other.replaceAll('1'.repeat(12), '0'.repeat(12)) },
      [/captureKeyArns=arn:aws:kms:us-east-1:0+:key\/abc$/],
    ],
    ['a key of another account', { KmsKeyId: other }, [/captureKeyArns=arn:\S+, and let the key's policy in account 111111111111 allow/]],
    [
      'a bucket of another account',
      { DestinationS3Uri: 's3://sagemaker-us-east-1-111111111111' },
      [
        /looks like one of account 111111111111, the endpoint is in 000000000000.*bucket policy/,
        /cannot be listed: there is no such bucket/,
      ],
    ],
    ['no bucket', { DestinationS3Uri: 's3://gone/data' }, [/^s3:\/\/gone\/data\/\S+ cannot be listed: there is no such bucket$/]],
    ['no S3 address', { DestinationS3Uri: 'https://example.org/data' }, [/is no s3:\/\/ address: set input.location by hand$/]],
  ])('capture: %s', async (_, of, expected) => {
    const notes = await notesOf(captured(of));
    expect(notes).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  it('capture: none', async () => {
    const made = await used({ 'endpoint-configs/credit-7': config({ DataCaptureConfig: undefined }) });
    const { monitor, notes } = await made.found();
    expect(monitor.input).toEqual({ format: 'capture' });
    expect(notes[0]).toMatch(
      /^the endpoint has no data capture: the monitor has no input.location.*add a DataCaptureConfig.*run this again$/,
    );
  });

  it('capture: none, for a serverless variant has none', async () => {
    const variants = [{ VariantName: 'AllTraffic', ModelName: 'credit-7', ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } }];
    const [note] = await notesOf({ 'endpoint-configs/credit-7': { ProductionVariants: variants } });
    expect(note).toMatch(/no data capture.*serverless variants cannot capture: serve the model from instances/);
  });

  it('capture: stopped', async () => {
    const now = { EnableCapture: true, CaptureStatus: 'Stopped', CurrentSamplingPercentage: 20, DestinationS3Uri: 's3://capture/data' };
    expect(await notesOf({ [`endpoints/${ENDPOINT}`]: endpoint({ DataCaptureConfig: now }) })).toEqual([
      expect.stringMatching(/^data capture is enabled but stopped.*below 75 %/),
    ]);
  });

  it.each([
    ['Creating', /^the endpoint is still being created.*run this again then$/],
    ['Updating', /^the endpoint is changing \(Updating\).*run this again when it is InService$/],
    ['RollingBack', /^the endpoint is changing \(RollingBack\)/],
    ['Failed', /^the endpoint does not serve \(Failed: no GPU \\u\{1b\}\[31m left\)/],
    ['OutOfService', /^the endpoint does not serve \(OutOfService: /],
    ['UpdateRollbackFailed', /^the last update and its rollback failed: /],
    ['Deleting', /^the endpoint is being deleted/],
    ['Dreaming', /^the endpoint's status is Dreaming/],
  ])('endpoint: %s', async (EndpointStatus, expected) => {
    const status = { EndpointStatus, ...(/Creating|Deleting/.test(EndpointStatus) ? {} : { FailureReason: 'no GPU \u001b[31m\nleft' }) };
    expect(await notesOf({ [`endpoints/${ENDPOINT}`]: endpoint(status) })).toEqual([expect.stringMatching(expected)]);
  });

  it('permission: without DescribeEndpointConfig the endpoint alone is known, and that is enough to watch it', async () => {
    const now = { EnableCapture: true, CaptureStatus: 'Started', CurrentSamplingPercentage: 20, DestinationS3Uri: 's3://capture/data' };
    const made = await used({ [`endpoints/${ENDPOINT}`]: endpoint({ DataCaptureConfig: now }) }, { denied: ['DescribeEndpointConfig'] });
    const { monitor, facts, notes } = await made.found();
    expect(monitor.input).toEqual({ location: LOCATION, format: 'capture', samplingPercentage: 20 });
    expect(facts[1]).toBe('capture    20 % of the requests');
    expect(notes).toEqual([
      expect.stringMatching(
        /^DescribeEndpointConfig of .* is not allowed: .*add the action sagemaker:DescribeEndpointConfig to the caller's IAM policy/,
      ),
    ]);
  });

  it('a configuration that was deleted', async () => {
    const [note] = await notesOf({ 'endpoint-configs/credit-7': null });
    expect(note).toMatch(/^endpoint configuration "credit-7" was not found: Could not find endpoint configuration/);
  });

  it.each(['DescribeModel', 'DescribeModelPackage'])('permission: %s', async (denied) => {
    const made = await used(registered(), { denied: [denied] });
    const { monitor, notes } = await made.found();
    expect(monitor.input!.location).toBe(LOCATION);
    expect(notes).toEqual([expect.stringContaining(`add the action sagemaker:${denied} to the caller's IAM policy`)]);
  });
});
