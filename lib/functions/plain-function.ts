import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, type FunctionProps as LambdaProps } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { builtCode } from '../layers/built-code.ts';
import { RUNTIME } from '../layers/runtime.ts';
import type { FUNCTION_DEFAULTS, FunctionProps } from './function-props.ts';
import { functionRole, grantNetwork } from './grants.ts';

type Network = Pick<FunctionProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
type Given = Required<Pick<FunctionProps, Exclude<keyof typeof FUNCTION_DEFAULTS, 'captureBuckets' | 'captureKeys'>>>;

export interface PlainFunctionProps extends Network, Given {
  /** Folder of its bundle below `dist/functions`. */
  bundle: string;
  description: string;
  timeout: Duration;
  environment: Record<string, string>;
  /** What its role may besides writing its log. */
  grant?: (role: Role) => void;
}

/** One of our functions beside its own log and role, in the given construct: without layers and without data, but for what is given. */
export function plainFunction(scope: Construct, props: PlainFunctionProps, more: Partial<LambdaProps> = {}): LambdaFunction {
  const logGroup = new LogGroup(scope, 'Log', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
  const role = functionRole(scope, 'Role', logGroup);
  props.grant?.(role);
  if (props.vpc) grantNetwork(role);
  return new LambdaFunction(scope, 'Function', {
    description: props.description,
    code: builtCode(new Construct(scope, 'Code'), props.root, `dist/functions/${props.bundle}`, 'npm run build'),
    handler: 'index.handler',
    runtime: RUNTIME,
    architecture: props.architecture,
    memorySize: props.memoryMB,
    timeout: props.timeout,
    role,
    logGroup,
    ...(props.vpc && { vpc: props.vpc, vpcSubnets: props.vpcSubnets, securityGroups: props.securityGroups }),
    environment: props.environment,
    ...more,
  });
}
