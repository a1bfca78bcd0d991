import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { analyse, analysisJson, parseAnalysisConfig, type ResolvedConfig, resolveConfig } from '../../layers/quality/clarify/index.ts';
import { openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { Database, quoteText } from '../../layers/quality/engine/database.ts';
import { CLARIFY_METRICS } from '../../layers/quality/metrics/fairness/index.ts';
import { sourceOf } from '../../layers/quality/usecases/profile-dataset.ts';
import { readCases } from '../reference/cases.ts';

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, each vector has a shape of its own
export type Vector = any;
export const vectors: Record<string, Vector> = Object.fromEntries(readCases('clarify').map((each) => [each.id, each]));

/** A table: names, then rows. */
export interface Table {
  columns: string[];
  rows: unknown[][];
}

export interface Analysed {
  json: Vector;
  resolved: ResolvedConfig;
}

/** Runs configurations over tables written as CSV, or as Parquet where the configuration says so. */
export function analyser(): (table: Table, config: Vector) => Promise<Analysed> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-clarify-'));
  let database: Database;
  let made = 0;
  beforeAll(async () => {
    database = await Database.open({ scratch: folder, memoryMB: 256, threads: 1, allowed: [] });
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async ({ columns, rows }, config) => {
    const csv = join(folder, `${made++}.csv`);
    writeFileSync(csv, `${[columns, ...rows].map((row) => row.map((value) => value ?? '').join(',')).join('\n')}\n`);
    const parquet = `${csv}.parquet`;
    if (config.dataset_type === 'application/x-parquet')
      await database.run(`COPY (FROM read_csv(${quoteText(csv)}, header = true)) TO ${quoteText(parquet)} (FORMAT parquet)`);
    const path = config.dataset_type === 'application/x-parquet' ? parquet : csv;
    const dataset = await openDataset(database, [{ uri: 'data', path }], { scratch: folder, input: { names: columns } });
    const source = sourceOf(dataset);
    const parsed = parseAnalysisConfig(typeof config === 'string' ? config : JSON.stringify(config), 'analysis_config.json');
    const resolved = await resolveConfig(database, source, parsed, { prediction: null, score: null });
    return { json: JSON.parse(analysisJson(await analyse(database, source, resolved.request))), resolved };
  };
}

const DESCRIPTIONS = new Map(CLARIFY_METRICS.map(({ code, description }) => [code, description]));

/** Metrics as analysis.json lists them: by code, in order, each a value to 1e-9, an infinity as text, or {value: null, error}. */
export const metricsOf = (values: Record<string, Vector>): Vector[] =>
  Object.keys(values)
    .filter((code) => DESCRIPTIONS.has(code))
    .sort()
    .map((name) => {
      const value = values[name];
      const found = typeof value === 'number' ? { value: expect.closeTo(value, 9) } : typeof value === 'string' ? { value } : value;
      return { name, description: DESCRIPTIONS.get(name), ...found };
    });

export const both = { pre_training_bias: { methods: 'all' }, post_training_bias: { methods: 'all' } };
