import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../layers/quality/contract/report.ts';
import { openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { Database, quoteText } from '../../layers/quality/engine/database.ts';
import type { ColumnHints } from '../../layers/quality/engine/infer-columns.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import type { OutcomeOptions } from '../../layers/quality/usecases/plan-outcomes.ts';
import { type Window, writeParquet } from './population.ts';

export const FALSE_ALARM_RATE = 0.01;
const MINIMUM_ROWS = 30;

/** One database and one folder in which baselines are built and batches checked as the command line does, through Parquet files. */
export interface Lab {
  database: Database;
  baseline(path: string, hints?: ColumnHints, outcomes?: OutcomeOptions): Promise<Baseline>;
  check(baseline: Baseline, path: string): Promise<Report>;
  /** Path of a new Parquet file of the rows of a query. */
  parquet(query: string): Promise<string>;
  /** Path of a new Parquet file of windows. */
  windows(windows: Window[]): Promise<string>;
  discard(path: string): void;
  close(): void;
}

/** `data` are folders with Parquet files that queries may read. */
export async function openLab(data: string[] = []): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-verdicts-'));
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  const database = await Database.open({ scratch, memoryMB: 2000, threads: 2, allowed: [folder, ...data] });
  const resources = { scratch, memoryMB: 1000, workers: 1 };
  const open = (path: string) => openDataset(database, [{ uri: 'batch.parquet', path }], { scratch });
  let files = 0;
  const next = (): string => join(folder, `${files++}.parquet`);
  return {
    database,
    async baseline(path, hints = new Map(), outcomes = {}) {
      // No chunk has as many rows: the baseline does not judge itself, which takes most of its time and nothing here looks at.
      const options = { hints, outcomes, falseAlarmRate: FALSE_ALARM_RATE, minimumRows: Number.POSITIVE_INFINITY };
      return buildBaseline(database, await open(path), resources, options);
    },
    async check(baseline, path) {
      const checked = await checkBatch(database, await open(path), baseline, resources, {
        monitor: null,
        hints: new Map(),
        settings: {},
        falseAlarmRate: FALSE_ALARM_RATE,
        minimumRows: MINIMUM_ROWS,
        dataQualityOnly: false,
        version: 'simulation',
      });
      return checked.report;
    },
    async parquet(query) {
      const path = next();
      await database.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`);
      return path;
    },
    async windows(windows) {
      const path = next();
      await writeParquet(database, windows, path);
      return path;
    },
    discard: (path) => rmSync(path, { force: true }),
    close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
