import type { DescribeEndpointConfigOutput, DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Store } from '../store/store.ts';
import { capturePart } from './capture-part.ts';
import type { ControlPlane } from './control-plane.ts';
import { monitorName } from './names.ts';
import { tried } from './packages.ts';
import { RefusalError } from './refusal.ts';
import { askRegistry } from './registry.ts';
import { statusNote } from './status.ts';
import { pickVariant, type Variant, variantNotes, variantsOf } from './variants.ts';
import { clean, parseArn } from './words.ts';

export interface DiscoverRequest {
  plane: ControlPlane;
  store: Pick<Store, 'get' | 'folders'>;
  endpoint: string;
  /** Only this variant; null for all of them. */
  variant: string | null;
}

export interface Discovery {
  monitor: Monitor;
  /** What was found, a line each. */
  facts: string[];
  /** What stands in the way of verdicts, each with what mends it. */
  notes: string[];
  /** Of imported baselines what has no place in a monitor. */
  left: string[];
}

const UNKNOWN = '; until then which sides are captured, and the models, are unknown';
const MOST_CHARACTERS = 255;
const ELSEWHERE = '; aws sagemaker list-endpoints lists those of a region, --region names another';

/** A monitor of an endpoint: where its captured data is, what its model package has to compare with. A UsageError where nothing is known. */
export async function discover(request: DiscoverRequest): Promise<Discovery> {
  const { plane } = request;
  try {
    const endpoint = await plane.endpoint(request.endpoint);
    const notes = [statusNote(endpoint)].flatMap((note) => note ?? []);
    const name = endpoint.EndpointConfigName;
    const config = name === undefined ? null : await tried(() => plane.endpointConfig(name), notes, UNKNOWN);
    return await describe(request, endpoint, config, notes);
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    throw new UsageError(`discover: ${error.message}${error.kind === 'absent' ? ELSEWHERE : ''}`);
  }
}

async function describe(
  { plane, store, variant }: DiscoverRequest,
  endpoint: DescribeEndpointOutput,
  config: DescribeEndpointConfigOutput | null,
  notes: string[],
): Promise<Discovery> {
  const name = endpoint.EndpointName!;
  const account = parseArn(endpoint.EndpointArn)?.account ?? null;
  const variants = variantsOf(endpoint, config);
  const picked = variant === null ? null : pickVariant(variants, variant, name);
  const watched = picked === null ? variants : [picked];
  const monitor = monitorName(name, picked?.name ?? null);
  const captured = await capturePart({ endpoint, config, store, account, variants, picked });
  // Without the configuration no model is known by name.
  const asked = config === null ? [] : watched;
  const registry = await askRegistry({ plane, store, variants: asked, account, monitor });
  return {
    monitor: assemble(monitor, name, registry.monitor, captured.input, deploymentOf(asked)),
    facts: [
      `endpoint   ${clean(name)}, ${endpoint.EndpointStatus}: ${watched.map(variantLine).join(', ')}`,
      ...captured.facts,
      ...registry.facts,
    ],
    notes: [...notes, ...(picked === null ? variantNotes(variants) : []), ...captured.notes, ...registry.notes],
    left: registry.left,
  };
}

const variantLine = ({ name, shadow }: Variant): string => `${shadow ? 'shadow' : 'variant'} ${clean(name)}`;

/** The models that answer, by name; null where none is known. */
function deploymentOf(variants: readonly Variant[]): string | null {
  const models = variants.flatMap(({ shadow, model }) => (shadow || model === null ? [] : [model]));
  return models.length === 0 ? null : [...new Set(models)].sort().join('+').slice(0, MOST_CHARACTERS);
}

/** What a baseline says of names and columns stays; where the data is, the endpoint says. */
function assemble(
  name: string,
  endpoint: string,
  imported: Partial<Monitor>,
  captured: NonNullable<Monitor['input']>,
  deployment: string | null,
): Monitor {
  const { problem, input, ...rest } = imported;
  return {
    ...rest,
    schema: 'assay.monitor/1',
    monitor: name,
    endpoint,
    ...(deployment !== null && { deployment }),
    ...(problem !== undefined && { problem }),
    input: { ...input, ...captured },
  };
}
