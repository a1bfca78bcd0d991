import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, CfnParameter, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

const PLACEHOLDER = new URL('./placeholder', import.meta.url).pathname;
const PARAMETER = 'BuiltCode';

/** The code in a built folder. Where it has not been built, a placeholder that can be synthesised, with a warning, and not deployed. */
export const builtCode = (scope: Construct, root: string, folder: string, buildWith: string): Code => {
  if (existsSync(join(root, folder))) return Code.fromAsset(join(root, folder));
  Annotations.of(scope).addWarningV2('assay:not-built', `${folder} is not built, and the stack cannot be deployed: run \`${buildWith}\`.`);
  refuseDeployment(scope, folder, buildWith);
  return Code.fromAsset(PLACEHOLDER);
};

/** A rule that is false: CloudFormation answers a deployment with its words, before it touches any resource. */
const refuseDeployment = (scope: Construct, folder: string, buildWith: string): void => {
  const stack = Stack.of(scope);
  const parameter =
    (stack.node.tryFindChild(PARAMETER) as CfnParameter | undefined) ??
    new CfnParameter(stack, PARAMETER, {
      default: 'missing',
      description: 'Says that code was missing when this template was made. Do not set it.',
    });
  new CfnRule(scope, 'NotBuilt', {
    assertions: [
      {
        assert: Fn.conditionEquals(parameter.valueAsString, 'complete'),
        assertDescription: `${folder} was not built: run \`${buildWith}\`, then deploy again.`,
      },
    ],
  });
};
