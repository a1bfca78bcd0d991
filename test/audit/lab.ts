import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { type Audited, auditWindow } from '../../layers/quality/usecases/audit-window.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { processObject } from '../../layers/quality/usecases/process-object.ts';
import { memoryStore } from '../usecases/memory-store.ts';

export const HOUR = 3_600_000;
/** The day that is audited. */
export const DAY = Date.UTC(2026, 2, 16);
export const BUCKET = 'b';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
export const scratchFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-audit-'));
  folders.push(folder);
  return folder;
};

export const MONITOR = {
  schema: 'assay.monitor/1',
  monitor: 'm',
  problem: 'binary',
  positive: ['1'],
  input: { location: `s3://${BUCKET}/data/` },
  labels: { location: `s3://${BUCKET}/labels/`, delay: 'P1D' },
  columns: {
    id: { role: 'id', type: 'text' },
    at: { role: 'time', type: 'time' },
    score: { role: 'score', type: 'number' },
    prediction: { role: 'prediction', type: 'category' },
    outcome: { role: 'label', type: 'category' },
    source: { role: 'ignored' },
    sex: { role: 'feature', type: 'category', facet: ['F'] },
  },
  segments: ['region'],
  report: 'window',
};

export interface Row {
  id: string;
  at: string;
  amount: number;
  region: string;
  sex: string;
  score: number;
  prediction: string;
  outcome: string;
  /** Of no use, and ignored. */
  source: string;
}

/** Repeatable noise between 0 and 1. */
const noise = (n: number): number => {
  const mixed = Math.imul((n ^ 0x9e3779b9) >>> 0, 2654435761) >>> 0;
  return (Math.imul(mixed ^ (mixed >>> 15), 2246822519) >>> 0) / 2 ** 32;
};

/** Rows of an hour since the epoch: a score that is right about what comes of it. */
export const rowsOf = (hour: number, count: number, change: (row: Row) => Row = (row) => row): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const at = (k: number): number => noise(hour * 10_007 + i * 101 + k * 1_000_003);
    const score = Math.round(at(1) ** 2 * 1e4) / 1e4;
    return change({
      id: `${hour}-${i}`,
      at: new Date(hour * HOUR + (i * HOUR) / count).toISOString(),
      amount: Math.round((100 + 900 * at(2) + 200 * score) * 100) / 100,
      region: ['north', 'south', 'coast'][Math.floor(at(3) * 3)]!,
      sex: at(4) < 0.45 ? 'F' : 'M',
      score,
      prediction: score >= 0.5 ? '1' : '0',
      outcome: at(5) < score ? '1' : '0',
      source: `system ${i % 3}`,
    });
  });

export const csvOf = (rows: Row[], names: (keyof Row)[]): string =>
  `${[names.join(','), ...rows.map((row) => names.map((name) => row[name]).join(','))].join('\n')}\n`;
export const SEEN: (keyof Row)[] = ['id', 'at', 'amount', 'region', 'sex', 'score', 'prediction', 'source'];

/** A store, and the use cases over it. */
export function lab(monitor: object = {}) {
  const store = memoryStore();
  const logs: string[] = [];
  const deps = (): ProcessDependencies => ({
    store,
    resources: { scratch: scratchFolder(), memoryMB: 300, workers: 1 },
    scratchBytes: 1e9,
    version: 'test',
    dataBucket: BUCKET,
    log: (message) => void logs.push(message),
  });
  const put = (key: string, body: string): void => void store.objects.set(key, Buffer.from(body));
  const arrive = async (key: string, body?: string): Promise<void> => {
    if (body !== undefined) put(key, body);
    const size = store.objects.get(key)!.length;
    await processObject(deps(), { bucket: BUCKET, key, size, time: '2026-03-17T00:00:00Z' });
  };
  const audit = (from: number, to: number): Promise<Audited> => auditWindow(deps(), { monitor: 'm', from, to });
  put('monitors/m/monitor.json', JSON.stringify({ ...MONITOR, ...monitor }));
  return { store, deps, put, arrive, audit, logs };
}

/** Fifteen days of reference data, with what became of them. */
export const reference = (): string =>
  csvOf(Array.from({ length: 15 * 24 }, (_, i) => rowsOf(DAY / HOUR - 15 * 24 + i, 40)).flat(), [...SEEN, 'outcome']);

export const labelsOf = (rows: Row[]): string => csvOf(rows, ['id', 'outcome']);

/** A file of its own for what the command line would be given. */
export function fileOf(body: string, name: string): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, body);
  return path;
}

export const verdictOf = (report: Report, id: string): string | undefined => report.checks.find((check) => check.id === id)?.verdict;
export const metricOf = (report: Report, metric: string): unknown =>
  report.metrics.find((row) => row.metric === metric && row.column === null && row.segment === null && row.facet === null)?.value;

/** A client of the embedded S3. */
export const clientOf = ({ s3Url }: { s3Url: string }): S3Client =>
  new S3Client({
    ...{ endpoint: s3Url, forcePathStyle: true, region: 'us-east-1' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
