import type { CaptureDescription, CaptureSettings } from './capture-settings.ts';
import { captureSettings } from './capture-settings.ts';
import { arnOf, describe, type Place, RESOURCES } from './descriptions.ts';
import { SageMakerError } from './errors.ts';

/** What answers a request to an endpoint. */
export interface Deployment {
  variant: string;
  /** The container's image. */
  image: string;
  capture: CaptureSettings | null;
}

interface VariantDescription {
  VariantName?: string;
  ModelName?: string;
  CurrentWeight?: number;
  InitialVariantWeight?: number;
}
interface EndpointDescription {
  EndpointStatus?: string;
  EndpointConfigName?: string;
  ProductionVariants?: VariantDescription[];
  DataCaptureConfig?: CaptureDescription;
}
interface ModelDescription {
  PrimaryContainer?: { Image?: string };
  Containers?: { Image?: string }[];
}

const SERVING = ['InService', 'Updating', 'SystemUpdating', 'RollingBack'];

/** The variant that answers, its container and what is captured of it. The descriptions are read anew for each request. */
export function deploymentOf(
  directory: string,
  place: Place,
  { endpoint: name, target, draw }: { endpoint: string; target: string | null; draw: number },
): Deployment {
  const read = (operation: string, named: string, value: string | undefined): Record<string, unknown> =>
    describe(directory, RESOURCES[operation]!, arnOf(RESOURCES[operation]!, { [named]: value }, place));
  const endpoint = endpointOf(() => read('DescribeEndpoint', 'EndpointName', name), name, place);
  const config = read('DescribeEndpointConfig', 'EndpointConfigName', endpoint.EndpointConfigName) as EndpointDescription;
  const variant = variantOf(endpoint, config, target, draw);
  const model = read('DescribeModel', 'ModelName', variant.ModelName) as ModelDescription;
  return {
    variant: variant.VariantName!,
    image: (model.PrimaryContainer ?? model.Containers?.at(-1))?.Image ?? '',
    capture: captureSettings(endpoint.DataCaptureConfig, config.DataCaptureConfig),
  };
}

function endpointOf(read: () => Record<string, unknown>, name: string, { account }: Place): EndpointDescription {
  let endpoint: EndpointDescription | null = null;
  try {
    endpoint = read() as EndpointDescription;
  } catch (error) {
    if (!(error instanceof SageMakerError)) throw error;
  }
  if (endpoint === null || !SERVING.includes(endpoint.EndpointStatus ?? ''))
    throw new SageMakerError('ValidationError', `Endpoint ${name} of account ${account} not found.`);
  return endpoint;
}

/** By the traffic's weights, or the one the caller wants. Which model it runs the configuration says. */
function variantOf(endpoint: EndpointDescription, config: EndpointDescription, target: string | null, draw: number): VariantDescription {
  const now = new Map((endpoint.ProductionVariants ?? []).map((variant) => [variant.VariantName, variant]));
  const variants = (config.ProductionVariants ?? []).filter(({ VariantName }) => VariantName !== undefined);
  const weightOf = ({ VariantName, InitialVariantWeight }: VariantDescription): number =>
    now.get(VariantName)?.CurrentWeight ?? InitialVariantWeight ?? 1;
  let left = draw * variants.reduce((sum, variant) => sum + weightOf(variant), 0);
  const picked =
    target === null
      ? variants.find((variant) => (left -= weightOf(variant)) < 0)
      : variants.find(({ VariantName }) => VariantName === target);
  if (picked !== undefined) return picked;
  throw new SageMakerError('ValidationError', target === null ? 'No variant has traffic.' : `Variant ${target} not found.`);
}
