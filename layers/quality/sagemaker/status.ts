import type { DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import { clean } from './words.ts';

/** What an endpoint's state means for what was found; null where it simply serves. */
export function statusNote({ EndpointStatus: status, FailureReason: reason }: DescribeEndpointOutput): string | null {
  const why = reason === undefined ? '' : `: ${clean(reason)}`;
  switch (status) {
    case 'InService':
      return null;
    case 'Creating':
      return 'the endpoint is still being created: nothing is captured before it is InService; run this again then';
    case 'Updating':
    case 'SystemUpdating':
    case 'RollingBack':
      return `the endpoint is changing (${status}): this is how it was before; run this again when it is InService`;
    case 'Failed':
    case 'OutOfService':
      return `the endpoint does not serve (${status}${why}): nothing is captured until it is created or updated anew`;
    case 'UpdateRollbackFailed':
      return `the last update and its rollback failed${why}: variants may differ from the configuration; update the endpoint and run this again`;
    case 'Deleting':
      return 'the endpoint is being deleted: nothing more will be captured; what was stays where it is';
    default:
      return `the endpoint's status is ${clean(String(status))}: what it means for captured data is not known here`;
  }
}
