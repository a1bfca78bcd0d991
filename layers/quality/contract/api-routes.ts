import type { z } from 'zod';
import {
  auditAnswerSchema,
  auditRequestSchema,
  auditStartedSchema,
  auditStateSchema,
  dataReferenceSchema,
  findingListSchema,
  labelsAnswerSchema,
  monitorListSchema,
  noQuerySchema,
  recordsSchema,
  reportListSchema,
  reportQuerySchema,
  reportsQuerySchema,
  seriesQuerySchema,
  seriesSchema,
  uploadAnswerSchema,
  uploadRequestSchema,
} from './api.ts';
import { monitorSchema } from './monitor.ts';
import { muteRequestSchema, muteSchema } from './mute.ts';
import { reportSchema } from './report.ts';

export interface ApiRoute {
  /** Name of the operation; one handler each. */
  operation: string;
  method: 'GET' | 'PUT' | 'POST';
  /** `{monitor}`, `{report}`, `{finding}` and `{audit}` stand for names. */
  path: string;
  /** One sentence. */
  summary: string;
  query: z.ZodObject;
  /** What the body may be, by media type; null stands for text of that type. */
  body?: { types: Record<string, z.ZodType[] | null>; mostBytes: number };
  /** What is answered, by status: the JSON, or nothing, and whether there is a page for people at the same address. */
  answers: Record<number, { says: string; json?: z.ZodType; page?: boolean; location?: boolean; empty?: boolean }>;
  /** Work that takes a processor for a while: held to a lower rate. */
  costly?: boolean;
}

/** Types that records and labels may come in. */
export const TABLE_TYPES = { 'application/x-ndjson': null, 'application/jsonl': null, 'text/csv': null } as const;
const MB = 1024 * 1024;

const routes = <Operation extends string>(table: (ApiRoute & { operation: Operation })[]): (ApiRoute & { operation: Operation })[] => table;

/** Every address of the HTTP API: the handler, the API Gateway and the OpenAPI document are made from this. */
export const API_ROUTES = routes([
  {
    operation: 'describeApi',
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This document.',
    query: noQuerySchema,
    answers: { 200: { says: 'OpenAPI 3.1' } },
  },
  {
    operation: 'listMonitors',
    method: 'GET',
    path: '/v1/monitors',
    summary: 'All monitors, each with its latest report.',
    query: noQuerySchema,
    answers: { 200: { says: 'The monitors, by name', json: monitorListSchema, page: true } },
  },
  {
    operation: 'getMonitor',
    method: 'GET',
    path: '/v1/monitors/{monitor}',
    summary: 'The configuration in force; as a page also what its reports said lately.',
    query: noQuerySchema,
    answers: { 200: { says: 'monitor.json', json: monitorSchema, page: true } },
  },
  {
    operation: 'putMonitor',
    method: 'PUT',
    path: '/v1/monitors/{monitor}',
    summary: 'Creates or replaces the configuration. If-Match and If-None-Match: * are honoured.',
    query: noQuerySchema,
    body: { types: { 'application/json': [monitorSchema] }, mostBytes: MB / 4 },
    answers: {
      200: { says: 'Replaced, or equal already', json: monitorSchema },
      201: { says: 'Created', json: monitorSchema, location: true },
    },
  },
  {
    operation: 'listReports',
    method: 'GET',
    path: '/v1/monitors/{monitor}/reports',
    summary: 'Reports that begin in [from, to), newest first; of each window the one that was written last.',
    query: reportsQuerySchema,
    answers: { 200: { says: 'A page of reports in short', json: reportListSchema, page: true } },
  },
  {
    operation: 'getReport',
    method: 'GET',
    path: '/v1/monitors/{monitor}/reports/{report}',
    summary: 'A report as it was stored.',
    query: reportQuerySchema,
    answers: {
      200: { says: 'report.json, or report.html', json: reportSchema, page: true },
      303: { says: 'It is large: Location is where it can be read for a while', location: true, empty: true },
    },
  },
  {
    operation: 'getSeries',
    method: 'GET',
    path: '/v1/monitors/{monitor}/metrics',
    summary: 'One metric of the table or of a column over time, for a chart.',
    query: seriesQuerySchema,
    answers: { 200: { says: 'The newest points, oldest first', json: seriesSchema } },
  },
  {
    operation: 'checkRecords',
    method: 'POST',
    path: '/v1/monitors/{monitor}/checks',
    summary: 'Judges records, or an object where the monitor has its data, against the baseline in force. Nothing is stored.',
    query: noQuerySchema,
    body: { types: { 'application/json': [recordsSchema, dataReferenceSchema], ...TABLE_TYPES }, mostBytes: 3 * MB },
    answers: { 200: { says: 'The report', json: reportSchema, page: true } },
    costly: true,
  },
  {
    operation: 'createUpload',
    method: 'POST',
    path: '/v1/monitors/{monitor}/uploads',
    summary: 'An address to upload data to that is too large for a request, to be checked by its `data` afterwards.',
    query: noQuerySchema,
    body: { types: { 'application/json': [uploadRequestSchema] }, mostBytes: 10_000 },
    answers: { 201: { says: 'Where to put it, and what to call it then', json: uploadAnswerSchema } },
  },
  {
    operation: 'auditWindow',
    method: 'POST',
    path: '/v1/monitors/{monitor}/audits',
    summary:
      'Judges the window [from, to) of whole hours from what is stored, and keeps the report; with backfill after the objects there.',
    query: noQuerySchema,
    body: { types: { 'application/json': [auditRequestSchema] }, mostBytes: 10_000 },
    answers: {
      201: { says: 'The verdict; Location is the report', json: auditAnswerSchema, location: true },
      202: { says: 'It takes longer; Location is the audit', json: auditStartedSchema, location: true },
    },
    costly: true,
  },
  {
    operation: 'listFindings',
    method: 'GET',
    path: '/v1/monitors/{monitor}/findings',
    summary: 'What people were told of, and what is muted.',
    query: noQuerySchema,
    answers: { 200: { says: 'The findings, open ones first', json: findingListSchema } },
  },
  {
    operation: 'muteFinding',
    method: 'PUT',
    path: '/v1/monitors/{monitor}/findings/{finding}/mute',
    summary: 'Holds back alerts on a finding until a time; reports say so. A time that is over ends the mute.',
    query: noQuerySchema,
    body: { types: { 'application/json': [muteRequestSchema] }, mostBytes: 10_000 },
    answers: { 200: { says: 'Replaced, or equal already', json: muteSchema }, 201: { says: 'Muted', json: muteSchema } },
  },
  {
    operation: 'getAudit',
    method: 'GET',
    path: '/v1/monitors/{monitor}/audits/{audit}',
    summary: 'How far an audit is that was answered with 202.',
    query: noQuerySchema,
    answers: { 200: { says: 'Its status, and its report when it is done', json: auditStateSchema } },
  },
  {
    operation: 'addLabels',
    method: 'POST',
    path: '/v1/monitors/{monitor}/labels',
    summary: 'Keeps labels by id, to be joined by the next audit. Equal bodies are kept once.',
    query: noQuerySchema,
    body: { types: { 'application/json': [recordsSchema], ...TABLE_TYPES }, mostBytes: 3 * MB },
    answers: {
      200: { says: 'They were there already', json: labelsAnswerSchema },
      201: { says: 'Kept', json: labelsAnswerSchema },
    },
    costly: true,
  },
]);
export type Operation = (typeof API_ROUTES)[number]['operation'];
