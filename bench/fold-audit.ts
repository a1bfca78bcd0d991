import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditWindow } from '../layers/quality/usecases/audit-window.ts';
import { BUCKET, DAY, MONITOR } from './fold-data.ts';
import { etagOf, folderStore } from './folder-store.ts';

/** Audits the day of a folder in this process, and prints what that took. Arguments: the folder, how long each request to the store takes, hours of the day, whether threads may fold. */
const [folder = '', latency = '0', hours = '24', threads = 'threads'] = process.argv.slice(2);
const store = folderStore(folder, { latencyMs: Number(latency), present: (key) => (key.startsWith('data/') ? etagOf(key) : null) });
const foldWorkerFile = join(import.meta.dirname, '../dist/cli/fold-worker.js');
const scratch = mkdtempSync(join(tmpdir(), 'assay-fold-'));
const began = performance.now();
const { report } = await auditWindow(
  {
    ...{ store: { ...store, create: async () => {} }, scratchBytes: 1e10, version: 'bench', dataBucket: BUCKET, log: () => {} },
    resources: { scratch, memoryMB: 200, workers: 1 },
    ...(threads === 'threads' && { foldWorkerFile }),
  },
  { monitor: MONITOR, from: DAY, to: DAY + Number(hours) * 3_600_000 },
);
const seconds = (performance.now() - began) / 1000;
rmSync(scratch, { recursive: true, force: true });
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
const { rows, objects } = report.subject;
process.stdout.write(
  `${JSON.stringify({ seconds, cpuSeconds, peakMB: process.resourceUsage().maxRSS / 1024, rows, objects: objects.length, verdict: report.verdict, checks: report.checks.length })}\n`,
);
