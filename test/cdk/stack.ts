import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { vi } from 'vitest';
import { AssayStack } from '../../lib/assay-stack.ts';
import { readSettings } from '../../lib/settings.ts';

// The first stack loads the whole CDK, on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

/** A repository in which all has been built, or nothing. */
export const repository = (built: boolean): string => {
  const root = mkdtempSync(join(tmpdir(), 'assay-cdk-'));
  const folders = [
    'dist/layer',
    'dist/functions/ingest',
    'dist/functions/audit',
    'dist/functions/api',
    'dist/functions/endpoint',
    'dist/functions/authorizer',
    'dist/functions/login',
    'layers/duckdb/dist/arm64',
    'layers/duckdb/dist/x64',
  ];
  for (const folder of built ? folders : []) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'code'), folder);
  }
  return root;
};

/** The stack as `bin/app.ts` makes it, from given context. */
export const makeStack = (given: Record<string, unknown> = {}, built = true) => {
  const app = new App({ context: { ...context, ...given } });
  const settings = readSettings((name) => app.node.tryGetContext(name));
  const stack = new AssayStack(app, settings.stackName, { settings, root: repository(built) });
  return { app, stack, template: Template.fromStack(stack) };
};

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
export type Json = any;

export interface Resource {
  id: string;
  Type: string;
  Properties: Record<string, Json>;
  DeletionPolicy?: string;
}

export const resources = (template: Template, type?: string): Resource[] =>
  Object.entries(template.toJSON().Resources as Record<string, Omit<Resource, 'id'>>)
    .filter(([, { Type }]) => type === undefined || Type === type)
    .map(([id, resource]) => ({ id, ...resource }));

export interface Statement {
  Effect: string;
  Action: string[];
  Resource: unknown[];
  Principal?: unknown;
  Condition?: Record<string, Json>;
}
const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Statements of all policies of a resource. */
export const statements = ({ Properties }: Resource): Statement[] =>
  [
    Properties.PolicyDocument,
    Properties.AssumeRolePolicyDocument,
    ...list(Properties.Policies).map((policy: Json) => policy.PolicyDocument),
  ]
    .flatMap((document) => list<Json>(document?.Statement))
    .map((statement) => ({ ...statement, Action: list(statement.Action), Resource: list(statement.Resource) }));

/** What a value refers to, as text: `<Bucket.Arn>/records/*`. */
export const spelled = (value: Json): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  if (value.Ref) return `<${value.Ref}>`;
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(spelled).join(value['Fn::Join'][0]);
  return JSON.stringify(value);
};
