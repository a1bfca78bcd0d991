import type { Capture } from './capture.ts';
import { clean, parseArn, parseS3 } from './words.ts';

const RENEW = 'make an endpoint configuration with it, update the endpoint, and run this again';

/** What is said of an endpoint that captures nothing at all. */
export function noCapture(unsupported: string | null): string {
  const what = 'the endpoint has no data capture: the monitor has no input.location and watches nothing';
  if (unsupported !== null) return `${what}; ${unsupported}`;
  return `${what}; add a DataCaptureConfig (EnableCapture, DestinationS3Uri, InitialSamplingPercentage, CaptureOptions Input and Output): ${RENEW}`;
}

/** What stands between a capture configuration and verdicts, each with what mends it. */
export function captureNotes(capture: Capture, account: string | null): string[] {
  const { enabled, stopped, sampling, sides, destination } = capture;
  const notes: string[] = [];
  if (!enabled)
    notes.push(`data capture is configured but disabled (EnableCapture is false): nothing arrives at ${clean(destination)}; ${RENEW} on`);
  else if (stopped)
    notes.push(
      'data capture is enabled but stopped: SageMaker stops it when the disk of an instance fills; keep it below 75 %, then update the endpoint',
    );
  if (sampling === 0) notes.push('data capture samples 0 % of the requests: nothing arrives; raise InitialSamplingPercentage');
  if (sides !== null && sides.length < 2) notes.push(oneSided(sides[0]));
  return [...notes, ...accessNotes(capture, account)];
}

function oneSided(side: 'input' | 'output' | undefined): string {
  if (side === 'output')
    return 'only the output is captured: predictions can be judged, features cannot (no drift, no gaps, no fairness by them); add the capture option Input';
  if (side === 'input')
    return 'only the input is captured: features can be judged, predictions cannot (no accuracy, no fairness); add the capture option Output';
  return 'no capture option is set: neither input nor output is captured; add the capture options Input and Output';
}

/** What the functions need besides the stack's own rights to read what is captured. */
function accessNotes({ destination, kmsKey }: Capture, account: string | null): string[] {
  const notes: string[] = [];
  const owner = /(?:^|\D)(\d{12})(?:\D|$)/.exec(parseS3(destination)?.bucket ?? '')?.[1];
  if (owner !== undefined && account !== null && owner !== account)
    notes.push(
      `the bucket of ${clean(destination)} looks like one of account ${owner}, the endpoint is in ${account}: deploy Assay where the bucket is, or let its bucket policy allow the stack's functions s3:GetObject and s3:ListBucket and forward its "Object Created" events to this account's event bus`,
    );
  if (kmsKey !== null) notes.push(keyNote(kmsKey, account));
  return notes;
}

function keyNote(kmsKey: string, account: string | null): string {
  const arn = parseArn(kmsKey);
  const key = clean(kmsKey);
  const fix =
    arn === null
      ? `deploy the stack with -c captureKeyArns=ARN (aws kms describe-key --key-id ${key} prints it)`
      : `deploy the stack with -c captureKeyArns=${key}`;
  const foreign = arn !== null && account !== null && arn.account !== account;
  const policy = foreign ? `, and let the key's policy in account ${arn.account} allow the stack's functions kms:Decrypt` : '';
  return `captured files are encrypted with KMS key ${key}: reading them needs kms:Decrypt; ${fix}${policy}`;
}
