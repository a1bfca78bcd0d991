import { UsageError } from '../../layers/quality/contract/errors.ts';

const OUTPUT = 'ApiUrl';

/** The API of a stack, from the stack's outputs. */
export async function findApi(stack: string, region: string | undefined): Promise<string> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ ...(region !== undefined && { region }), maxAttempts: 3 });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const found = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === OUTPUT)?.OutputValue;
    if (found !== undefined) return found;
    throw new UsageError(
      `browse: stack "${stack}" has no output ${OUTPUT}: it was deployed without an API; deploy it with -c api=true, or give --url`,
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `browse: the API of stack "${stack}" cannot be looked up (${(error as Error).message}); give --url, or --stack and --region`,
    );
  } finally {
    client.destroy();
  }
}
