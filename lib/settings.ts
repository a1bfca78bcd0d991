import { z } from 'zod';
import { claimSchema, issuerSchema } from '../layers/quality/contract/oidc.ts';

/** `-c name=a,b` gives text, cdk.json may give a list. */
const listOf = (each: z.ZodType<string>) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(',')
            .map((name) => name.trim())
            .filter(Boolean)
        : value,
    z.array(each),
  );
const names = listOf(z.string().min(3));
const text = z.string().min(1);
const whole = z.coerce.number().int();
const yesOrNo = z.union([z.boolean(), z.stringbool()]);

const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:\S+-[A-Za-z0-9]{6}$/;

/** What `cdk.json` or `-c name=value` may say. Each has a default. */
const plainSchema = z.strictObject({
  /** Name of the stack. */
  stackName: text.default('Assay'),
  /** Name of the data bucket; CloudFormation makes one otherwise. */
  dataBucketName: text.optional(),
  /** Folder of monitors to put into the data bucket: `NAME.json` or `NAME/monitor.json`. */
  monitors: text.optional(),
  /** Existing buckets whose objects are data as well: EventBridge notifications have to be on there. */
  captureBuckets: names.default([]),
  /** Existing buckets that labels come to, where it is none of the others. */
  labelBuckets: names.default([]),
  /** ARNs of the keys those buckets are encrypted with, where they have their own. */
  captureKeyArns: names.default([]),
  /** Days for which reports are locked (S3 Object Lock), and whether someone with a right of its own may unlock them. */
  reportLockDays: whole.min(1).max(36_500).optional(),
  reportLockMode: z.enum(['governance', 'compliance']).default('governance'),
  /** ARN of the key for the data bucket; S3 encrypts with its own otherwise. */
  encryptionKeyArn: z.string().startsWith('arn:').optional(),
  /** Processor of the functions. */
  architecture: z.enum(['arm64', 'x64']).default('arm64'),
  /** Memory of ingest and audit in MB; 1,769 are one processor. */
  memory: whole.min(512).max(10240).default(3538),
  /** Space in /tmp in MB; an object larger than a third of it is reported, not read. */
  ephemeralStorage: whole.min(512).max(10240).default(4096),
  /** Longest time for one object, in seconds. */
  timeout: whole.min(30).max(900).default(300),
  /** Most ingest functions at work at once. */
  maxConcurrency: whole.min(2).max(1000).default(10),
  /** Whether there is an HTTP API. */
  api: yesOrNo.default(true),
  /** Requests a second to the API, over all callers. */
  apiRequestsPerSecond: z.coerce.number().min(1).max(10_000).default(50),
  /** Whether to give API Gateway its role for logs, a setting of the account in this region. */
  apiLogRole: yesOrNo.default(true),
  /** ARN of a regional WAFv2 web ACL to stand before the API. */
  apiWebAclArn: z.string().startsWith('arn:').optional(),
  /** OpenID Connect issuer whose tokens let requests to the API in, in place of IAM, spelled as in their `iss`. */
  oidcIssuer: issuerSchema.refine((text) => text.startsWith('https:'), { error: 'expected https' }).optional(),
  /** Its client for the login of people. */
  oidcClientId: text.optional(),
  /** ARN of the secret in Secrets Manager that holds the client's, where it has one. */
  oidcClientSecretArn: z.string().regex(SECRET_ARN, "expected the secret's whole ARN, with the six characters at its end").optional(),
  /** Audiences of the tokens of programs, besides the client's own. */
  oidcAudiences: listOf(text).default([]),
  /** Claims every token has to have, each as NAME=VALUE. */
  oidcClaims: listOf(claimSchema).default([]),
  /** Scopes the login asks for, besides openid. */
  oidcScopes: listOf(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'expected a scope, without spaces')).default([]),
  /** Whether monitors follow their SageMaker endpoints. */
  followEndpoints: yesOrNo.default(true),
  /** Existing buckets that baselines of model packages are in, where it is none of the others. */
  registryBuckets: names.default([]),
  /** Whether metrics may be put under the names of Model Monitor, for monitors that ask for it. */
  modelMonitorMetrics: yesOrNo.default(false),
  /** Who is told of alarms. */
  alarmEmail: z.email().optional(),
  /** Who is told of what is wrong with the data; whoever is told of alarms otherwise. */
  alertEmail: z.email().optional(),
  /** Name of the bus that gets an event for each report. */
  eventBusName: text.default('default'),
  /** Whether there is a dashboard. */
  dashboard: yesOrNo.default(true),
});

type Plain = z.infer<typeof plainSchema>;

/** What goes with OpenID Connect goes with all of it: half of it would be another way in than was meant. */
function requireWhole(settings: Plain, context: z.RefinementCtx<Plain>): void {
  const say = (path: keyof Plain, message: string): void =>
    context.addIssue({ code: 'custom', path: [path], message, input: settings[path] });
  if (settings.oidcIssuer !== undefined) {
    if (settings.oidcClientId === undefined) say('oidcClientId', 'expected with oidcIssuer');
    if (!settings.api) say('oidcIssuer', 'expected with an API; api is false');
    return;
  }
  for (const name of ['oidcClientId', 'oidcClientSecretArn'] as const)
    if (settings[name] !== undefined) say(name, 'expected with oidcIssuer alone');
  for (const name of ['oidcAudiences', 'oidcClaims', 'oidcScopes'] as const)
    if (settings[name].length > 0) say(name, 'expected with oidcIssuer alone');
}

export const settingsSchema = plainSchema.superRefine(requireWhole);
export type Settings = z.infer<typeof settingsSchema>;

/** Reads each setting by name; a wrong one names itself. */
export const readSettings = (read: (name: string) => unknown): Settings => {
  const given = Object.keys(settingsSchema.shape)
    .map((name) => [name, read(name)] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  const result = settingsSchema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  throw new Error(`context is wrong: ${result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
};
