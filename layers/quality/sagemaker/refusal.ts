import { clean } from './words.ts';

/** What the control plane is asked, as the IAM action is called. */
export type Operation = 'DescribeEndpoint' | 'DescribeEndpointConfig' | 'DescribeModel' | 'DescribeModelPackage';

type Kind = 'denied' | 'absent' | 'credentials' | 'region' | 'unreachable' | 'throttled' | 'other';

/** SageMaker did not answer. `message` says what happened and what mends it; no stack is worth showing. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  constructor(
    readonly operation: Operation,
    readonly kind: Kind,
    message: string,
  ) {
    super(message);
  }
}

const NETWORK = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
const NAMES: [Kind, RegExp][] = [
  ['denied', /^(AccessDenied(Exception)?|NotAuthorized|UnauthorizedOperation)$/],
  [
    'credentials',
    /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken(Exception)?)$/,
  ],
  ['throttled', /^(Throttling(Exception)?|TooManyRequestsException|RequestLimitExceeded)$/],
  ['unreachable', /^TimeoutError$/],
  ['absent', /^(ResourceNotFound(Exception)?)$/],
];

function kindOf({ name, message, code }: NodeJS.ErrnoException): Kind {
  const named = NAMES.find(([, pattern]) => pattern.test(name))?.[0];
  if (named !== undefined) return named;
  if (code !== undefined && NETWORK.includes(code)) return 'unreachable';
  if (name === 'ValidationException' && /could not find|does not exist/i.test(message)) return 'absent';
  return /^(Region is missing|Region not accepted|Invalid region)/i.test(message) ? 'region' : 'other';
}

/** An error of the SDK in words, with what mends it. */
export function refusal(operation: Operation, subject: string, error: NodeJS.ErrnoException): RefusalError {
  const kind = kindOf(error);
  const said = clean(error.message || error.name);
  return new RefusalError(operation, kind, wordsOf(kind, { operation, subject: clean(subject), said, name: error.name }));
}

interface Said {
  operation: Operation;
  subject: string;
  said: string;
  name: string;
}

function wordsOf(kind: Kind, { operation, subject, said, name }: Said): string {
  switch (kind) {
    case 'denied':
      return `${operation} of ${subject} is not allowed: ${said}${mendOf(said, operation)}`;
    case 'absent':
      return `${subject} was not found: ${said}`;
    case 'credentials':
      return `${operation} of ${subject}: AWS did not accept the credentials (${said}); set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in again`;
    case 'region':
      return `no usable region (${said}); give --region, or set AWS_REGION`;
    case 'unreachable':
      return `${operation} of ${subject}: SageMaker cannot be reached (${said}); look at the region, the network and AWS_ENDPOINT_URL_SAGEMAKER`;
    case 'throttled':
      return `${operation} of ${subject}: too many requests (${said}); try again in a minute`;
    default:
      return `${operation} of ${subject} failed: ${clean(name)}: ${said}`;
  }
}

/** An explicit deny is not mended by allowing more. */
const mendOf = (said: string, operation: Operation): string =>
  /explicit deny/i.test(said)
    ? `; lift that denial of sagemaker:${operation}`
    : `; add the action sagemaker:${operation} to the caller's IAM policy`;
