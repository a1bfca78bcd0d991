import type { DescribeEndpointConfigOutput, DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import type { Monitor } from '../contract/monitor.ts';
import type { Store } from '../store/store.ts';
import { captureLine, captureOf, locationOf } from './capture.ts';
import { captureNotes, noCapture } from './capture-notes.ts';
import { lookAtCaptured } from './captured.ts';
import { unsupportedCapture, type Variant } from './variants.ts';
import { clean } from './words.ts';

export interface CaptureRequest {
  endpoint: DescribeEndpointOutput;
  config: DescribeEndpointConfigOutput | null;
  store: Pick<Store, 'folders'>;
  account: string | null;
  variants: readonly Variant[];
  /** Only this variant; null for the whole endpoint. */
  picked: Variant | null;
}

export interface CapturePart {
  input: NonNullable<Monitor['input']>;
  facts: string[];
  notes: string[];
}

/** Where an endpoint's captured files come to, as a monitor's input, and what there is to say about them. */
export async function capturePart({ endpoint, config, store, account, variants, picked }: CaptureRequest): Promise<CapturePart> {
  const capture = captureOf(endpoint, config);
  const watched = picked === null ? variants : [picked];
  if (capture === null) return { input: { format: 'capture' }, facts: [], notes: [noCapture(unsupportedCapture(watched))] };
  const location = locationOf(capture, endpoint.EndpointName!, picked?.name ?? null);
  const { sampling, destination } = capture;
  const part: CapturePart = {
    input: {
      ...(location !== null && { location }),
      format: 'capture',
      ...(sampling !== null && { samplingPercentage: sampling }),
    },
    facts: [`capture    ${captureLine(capture)}`],
    notes: captureNotes(capture, account),
  };
  if (location === null) {
    part.notes.push(`DestinationS3Uri ${clean(destination)} is no s3:// address: set input.location by hand`);
    return part;
  }
  const seen = await lookAtCaptured(
    store,
    location,
    picked === null && variants.length > 0 ? variants : null,
    capture.enabled && sampling !== 0,
  );
  return { ...part, facts: [...part.facts, ...seen.facts], notes: [...part.notes, ...seen.notes] };
}
