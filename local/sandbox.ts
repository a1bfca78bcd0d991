import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { BOOTSTRAP } from './bootstrap.ts';
import { REGION } from './events.ts';
import type { LocalFunctionOptions } from './function.ts';

/** Folders of one function, away from the project so that nothing is found that Lambda would not have. */
export interface Sandbox {
  bundle: string;
  /** The script that a child runs. */
  runtime: string;
  environment: (child: number) => Record<string, string>;
  /** An empty working folder for a child. */
  workingFolder: (child: number) => string;
  remove(): void;
}

export function makeSandbox(options: LocalFunctionOptions): Sandbox {
  const root = mkdtempSync(join(tmpdir(), 'assay-function-'));
  const task = join(root, 'task');
  cpSync(dirname(options.bundle), task, { recursive: true });
  // Links, kept as they are by --preserve-symlinks: a layer's modules do not see the project around it either.
  const folders = [...options.layers, ...(options.fallbackModules === undefined ? [] : [options.fallbackModules])];
  const layers = folders.filter((folder) => existsSync(folder)).map((folder, index) => linkTo(folder, join(root, 'opt', String(index))));
  const scratch = (child: number, name: string) => {
    const folder = join(root, `child-${child}`, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const runtime = join(root, 'runtime.cjs');
  writeFileSync(runtime, BOOTSTRAP);
  return {
    runtime,
    bundle: join(task, basename(options.bundle)),
    environment: (child) => ({
      ...lambdaEnvironment(options, task),
      NODE_PATH: layers.join(delimiter),
      TMPDIR: scratch(child, 'tmp'),
      ...options.environment,
    }),
    workingFolder: (child) => scratch(child, 'work'),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function linkTo(folder: string, path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(folder, path, 'junction');
  return path;
}

/** What Lambda sets, with credentials that are good for nothing. */
const lambdaEnvironment = (options: LocalFunctionOptions, task: string): Record<string, string> => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'en_US.UTF-8',
  TZ: 'UTC',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  // Node 24 would not be warned; the Node that runs this may be.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: options.name ?? 'local',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(options.memoryMB),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${options.name ?? 'local'}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: task,
  _HANDLER: `index.${options.handler}`,
  ...(options.endpointS3 === undefined ? {} : { AWS_ENDPOINT_URL_S3: options.endpointS3 }),
});
