import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataFile } from '../../examples/credit-risk/capture.ts';
import { makeBaseline } from '../../examples/credit-risk/data.ts';
import { monitorSchema } from '../../layers/quality/contract/monitor.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { joinLabels, type LabelFacts } from '../../layers/quality/dataset/labels/index.ts';
import { openDataset, type SourceFile } from '../../layers/quality/dataset/open-dataset.ts';
import { Database } from '../../layers/quality/engine/database.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import { DEFAULT_FALSE_ALARM_RATE, DEFAULT_MINIMUM_ROWS, hintsOf, monitorOutcomes } from '../../layers/quality/usecases/monitors.ts';

const MONITOR = monitorSchema.parse(JSON.parse(readFileSync(new URL('../../examples/credit-risk/monitor.json', import.meta.url), 'utf8')));
const limits = {
  falseAlarmRate: MONITOR.falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE,
  minimumRows: MONITOR.minimumRows ?? DEFAULT_MINIMUM_ROWS,
};

export interface Judged {
  report: Report;
  facts: LabelFacts | null;
}

/** Judges files of the example as the ingest function does, in this process. */
export class Judge {
  private readonly folder = mkdtempSync(join(tmpdir(), 'assay-credit-risk-'));
  private runs = 0;
  baseline!: Baseline;

  static async of(seed: number): Promise<Judge> {
    const judge = new Judge();
    judge.baseline = await judge.within(async (database, scratch) => {
      const dataset = await openDataset(database, write(scratch, makeBaseline(seed)), { scratch, input: MONITOR.input! });
      // No chunk has as many rows: the baseline does not judge itself, which nothing here looks at.
      const options = { hints: hintsOf(MONITOR), outcomes: monitorOutcomes(MONITOR), ...limits, minimumRows: Number.POSITIVE_INFINITY };
      return buildBaseline(database, dataset, resources(scratch), options);
    });
    return judge;
  }

  check(files: DataFile[], labels: DataFile[] | null = null): Promise<Judged> {
    return this.within(async (database, scratch) => {
      const opened = await openDataset(database, write(scratch, files), { scratch, format: 'capture', input: MONITOR.input! });
      const joined =
        labels && (await joinLabels(database, opened, write(scratch, labels), { scratch, label: 'defaulted', id: 'inference_id' }));
      const { report } = await checkBatch(database, joined?.dataset ?? opened, this.baseline, resources(scratch), {
        monitor: MONITOR.monitor,
        hints: hintsOf(MONITOR),
        outcomes: monitorOutcomes(MONITOR),
        labels: joined?.facts ?? null,
        settings: MONITOR.checks ?? {},
        ...limits,
        dataQualityOnly: false,
        version: '0',
      });
      return { report, facts: joined?.facts ?? null };
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private async within<T>(work: (database: Database, scratch: string) => Promise<T>): Promise<T> {
    const scratch = join(this.folder, String(this.runs++));
    mkdirSync(scratch);
    const database = await Database.open({ scratch, memoryMB: 512, threads: 1, allowed: [scratch] });
    try {
      return await work(database, scratch);
    } finally {
      database.close();
      rmSync(scratch, { recursive: true });
    }
  }
}

const resources = (scratch: string) => ({ scratch, memoryMB: 512, workers: 1 });

const write = (scratch: string, files: DataFile[]): SourceFile[] =>
  files.map(({ key, body }) => {
    const path = join(scratch, key.replaceAll('/', '_'));
    writeFileSync(path, body);
    return { uri: `s3://assay/${key}`, path };
  });
