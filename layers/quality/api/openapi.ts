import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { monitorNameSchema, problemSchema, reportIdSchema } from '../contract/api.ts';
import { API_ROUTES, type ApiRoute, type Operation } from '../contract/api-routes.ts';
import { monitorSchema } from '../contract/monitor.ts';
import { findingKeySchema } from '../contract/mute.ts';
import { reportSchema } from '../contract/report.ts';
import type { ApiResponse, Call } from './request.ts';
import { json } from './respond.ts';
import { securityOf } from './security.ts';

type Schema = Record<string, unknown>;

/** The schemas that are named in the document, everywhere they appear. */
const NAMED = new Map<z.ZodType, string>([
  [monitorSchema, 'Monitor'],
  [reportSchema, 'Report'],
  [problemSchema, 'Problem'],
]);

const toSchema = (schema: z.ZodType): Schema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: plainPairs }) as Schema;
  return rest;
};

/** A tuple of one kind as an array of so many: `prefixItems` is right in OpenAPI 3.1 and still not read by all clients. */
function plainPairs({ jsonSchema }: { jsonSchema: Schema }): void {
  const { prefixItems } = jsonSchema;
  if (!Array.isArray(prefixItems) || prefixItems.some((item) => !isDeepStrictEqual(item, prefixItems[0]))) return;
  delete jsonSchema.prefixItems;
  jsonSchema.items = prefixItems[0];
}
const reference = (schema: z.ZodType): Schema =>
  NAMED.has(schema) ? { $ref: `#/components/schemas/${NAMED.get(schema)}` } : toSchema(schema);

const PATH_NAMES: Record<string, z.ZodType> = {
  monitor: monitorNameSchema,
  report: reportIdSchema,
  finding: findingKeySchema,
  audit: reportIdSchema,
};

/** OpenAPI 3.1, made from the schemas that requests are checked with. */
export function openApi({ base, version, issuer }: { base: string; version: string; issuer?: string }): Schema {
  const paths: Record<string, Schema> = {};
  const { schemes, security } = securityOf(issuer);
  for (const route of API_ROUTES) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version,
      summary: 'Quality of the data a machine-learning model sees',
      description: 'Addresses that have a page give it for `Accept: text/html`. Errors are RFC 9457 problem documents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: base === '' ? '/' : base }],
    paths,
    components: {
      schemas: Object.fromEntries([...NAMED].map(([schema, name]) => [name, toSchema(schema)])),
      securitySchemes: schemes,
    },
    security,
  };
}

function operationOf({ operation, path, summary, query, body, answers }: ApiRoute & { operation: Operation }): Schema {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name!, 'path', PATH_NAMES[name!]!, true));
  const inQuery = Object.entries(query.shape as Record<string, z.ZodType>).map(([name, schema]) =>
    parameter(name, 'query', schema, !schema.safeParse(undefined).success),
  );
  return {
    operationId: operation,
    summary,
    ...(inPath.length + inQuery.length > 0 && { parameters: [...inPath, ...inQuery] }),
    ...(body && { requestBody: { required: true, content: bodyContent(body.types) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      default: { description: 'What is wrong', content: { 'application/problem+json': { schema: reference(problemSchema) } } },
    },
  };
}

const parameter = (name: string, place: string, schema: z.ZodType, required: boolean): Schema => ({
  ...{ name, in: place, required },
  schema: toSchema(schema),
});

const bodyContent = (types: NonNullable<ApiRoute['body']>['types']): Schema =>
  Object.fromEntries(
    Object.entries(types).map(([type, schemas]) => {
      if (schemas === null) return [type, { schema: { type: 'string' } }];
      const all = schemas.map(reference);
      return [type, { schema: all.length === 1 ? all[0] : { oneOf: all } }];
    }),
  );

const answerOf = ({ says, json: schema, page, location, empty }: ApiRoute['answers'][number]): Schema => ({
  description: says,
  ...(location && { headers: { Location: { description: 'Its address', schema: { type: 'string' } } } }),
  ...(!empty && {
    content: {
      'application/json': { schema: schema === undefined ? { type: 'object' } : reference(schema) },
      ...(page && { 'text/html': { schema: { type: 'string' } } }),
    },
  }),
});

export const describeApi = async ({ deps, request }: Call): Promise<ApiResponse> =>
  json(openApi({ base: request.base, version: deps.version, issuer: request.issuer }));
