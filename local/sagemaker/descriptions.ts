import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SageMakerError } from './errors.ts';

/** Whose descriptions these are. */
export interface Place {
  region: string;
  account: string;
}

interface Resource {
  /** Folder of its descriptions, and its word in an ARN. */
  folder: string;
  arn: string;
  /** Fields that name it: in the request and the answer, and in the answer alone. */
  name: string;
  arnField: string;
  absent: (arn: string) => string;
}

const couldNotFind =
  (what: string) =>
  (arn: string): string =>
    `Could not find ${what} "${arn}".`;

/** What can be asked, by operation. The words are SageMaker's own. */
export const RESOURCES: Record<string, Resource> = {
  DescribeEndpoint: resource('endpoints', 'endpoint', 'EndpointName', 'EndpointArn', couldNotFind('endpoint')),
  DescribeEndpointConfig: resource(
    'endpoint-configs',
    'endpoint-config',
    'EndpointConfigName',
    'EndpointConfigArn',
    couldNotFind('endpoint configuration'),
  ),
  DescribeModel: resource('models', 'model', 'ModelName', 'ModelArn', couldNotFind('model')),
  DescribeModelPackage: resource(
    'model-packages',
    'model-package',
    'ModelPackageName',
    'ModelPackageArn',
    (arn) => `ModelPackage ${arn} does not exist.`,
  ),
};

function resource(folder: string, arn: string, name: string, arnField: string, absent: Resource['absent']): Resource {
  return { folder, arn, name, arnField, absent };
}

/** Letters, digits and - between slashes: no name leads out of the folder. */
const NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*)(?:\/[a-zA-Z0-9][a-zA-Z0-9-]*)?$/;

/** The ARN that a request is about. Model packages are named by ARN, or as GROUP/VERSION. */
export function arnOf({ arn, name }: Resource, input: Record<string, unknown>, { region, account }: Place): string {
  const given = input[name];
  if (typeof given !== 'string' || given === '')
    throw new SageMakerError(
      'ValidationException',
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  return given.startsWith('arn:') ? given : `arn:aws:sagemaker:${region}:${account}:${arn}/${given}`;
}

/** A description: what the file holds, with name, ARN and time of creation where it does not say them. The file is read anew each time. */
export function describe(directory: string, of: Resource, arn: string): Record<string, unknown> {
  const name = arn.slice(arn.lastIndexOf(`:${of.arn}/`) + of.arn.length + 2);
  const path = join(directory, of.folder, `${name}.json`);
  if (!NAME.test(name) || statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new SageMakerError('ValidationException', of.absent(arn));
  const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return { [of.name]: name, [of.arnField]: arn, CreationTime: Math.floor(statSync(path).mtimeMs / 1000), ...given };
}
