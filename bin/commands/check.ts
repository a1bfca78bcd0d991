import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { requireChecks } from '../../layers/quality/checks/known-checks.ts';
import { parseSetting } from '../../layers/quality/checks/thresholds.ts';
import { OUTCOME_ROLES } from '../../layers/quality/contract/columns.ts';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { VERDICTS } from '../../layers/quality/contract/verdict.ts';
import { openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import type { Database } from '../../layers/quality/engine/database.ts';
import { type Resources, startAhead } from '../../layers/quality/engine/resources.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import { encodeProfile } from '../../layers/quality/profile/profile.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import { readBaselineFolder } from '../baseline-folder.ts';
import { addColumnFlags, type ColumnFlags, hintsOf, inputFormatOf, outcomeOptionsOf, requireColumns } from '../column-flags.ts';
import { commandLine } from '../command-line.ts';
import { bytesOfFiles, resolveInputs } from '../inputs.ts';
import { LABELS_FLAG, withLabels } from '../labels.ts';
import { modelMonitorOutput, requireModelMonitor } from '../model-monitor-files.ts';
import { readMonitor } from '../monitor-file.ts';
import { print, printFormat } from '../print.ts';
import { openFor, type ResourceFlags, resourcesOf, withScratch, writeFolder } from '../session.ts';
import { VERSION } from '../version.ts';
import { type AnalysisRun, analysisFile, inputMonitor, prepareAnalysis, readAnalysisConfig, shaped } from './clarify.ts';

export interface CheckFlags extends ColumnFlags, ResourceFlags {
  baseline?: string[];
  monitor?: string;
  labels?: string[];
  analysisConfig?: string;
  out?: string;
  modelMonitor?: boolean;
  format: string;
  failOn: string;
  set?: string[];
  now?: string | true;
  quiet?: boolean;
}

export const DEFAULTS = { falseAlarmRate: 0.01, minimumRows: 30 } as const;

export function addCheck(program: Command, done: (status: number) => void): void {
  const command = program
    .command('check')
    .description('check data, against a baseline where there is one')
    .argument('<data...>', 'files, folders, globs, s3:// objects or prefixes');
  command
    .option('--baseline <ref...>', 'reference data, or a folder that "assay baseline" wrote')
    .option('--monitor <file>', 'a monitor.json')
    .option(...LABELS_FLAG)
    .option('--analysis-config <file>', "SageMaker Clarify's analysis_config.json: its bias part, as it stands");
  addColumnFlags(command)
    .option('--now [time]', 'measure the age of the data to this time, or to that of the clock')
    .option('--out <dir>', 'write report.json, report.html, profile.json.gz, metrics.parquet and, of facets, analysis.json there')
    .option(
      '--model-monitor',
      "with --out and --baseline: also Model Monitor's statistics.json, constraints.json, constraint_violations.json",
    )
    .option('--format <format>', 'what to print: text, json, html, markdown or junit', 'text')
    .option('--fail-on <verdict>', 'exit with 1 at this verdict or above: fail, warn or never', 'fail')
    .option('--set <check=value>', 'a threshold, or "off": drift=0.2, drift/income=off', (value: string, all?: string[]) => [
      ...(all ?? []),
      value,
    ])
    .option('--memory <mb>', 'memory for the engine (768)')
    .option('--threads <n>', 'threads (as many as there are cores)')
    .option('--quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  assay check november.parquet --baseline october/\n  assay check today.csv --baseline baseline/ --set drift/income=0.2 --out report/',
    )
    .action(async (data: string[], flags: CheckFlags) => done(await withScratch((scratch) => check(data, flags, scratch))));
}

async function check(data: string[], given: CheckFlags, scratch: string): Promise<number> {
  const named = readMonitor(given.monitor);
  const flags = given.baseline === undefined && named?.baseline !== undefined ? { ...given, baseline: [named.baseline] } : given;
  if (!['fail', 'warn', 'never'].includes(flags.failOn))
    throw new UsageError(`--fail-on: expected fail, warn or never, got "${flags.failOn}"`);
  const format = printFormat(flags.format);
  requireModelMonitor(flags);
  const set = Object.fromEntries((flags.set ?? []).map(parseSetting));
  const settings = { ...named?.checks, ...set };
  const files = await resolveInputs(data, scratch, 'check');
  const resources = startAhead(resourcesOf(flags, scratch), bytesOfFiles(files));
  const made = flags.baseline?.length === 1 ? readBaselineFolder(flags.baseline[0]!) : null;
  const references = flags.baseline === undefined || made !== null ? [] : await resolveInputs(flags.baseline, scratch, '--baseline');
  const labelFiles = flags.labels === undefined ? null : await resolveInputs(flags.labels, scratch, '--labels');
  const run = await readAnalysisConfig(flags.analysisConfig, scratch);
  const database = await openFor([...files, ...references, ...(labelFiles ?? []), ...(run?.predictions ?? [])], resources);
  try {
    const reading = inputMonitor(run, named);
    const tell = (note: string): void => void (flags.quiet || process.stderr.write(`assay: ${note}\n`));
    const read = await openDataset(database, files, { scratch, ...inputOptions(flags, reading) });
    if (read.files.every((file) => file.error !== undefined))
      throw new UsageError(read.files.map(({ uri, error }) => `${uri}: ${error}`).join('\n       '));
    const prepared = await prepareAnalysis(run, { database, dataset: read, monitor: reading, scratch, tell });
    const { dataset: opened, monitor, request } = prepared;
    if (request !== null && flags.out === undefined) tell('analysis.json is written with --out DIR');
    const baseline = await baselineOf(flags, monitor, database, made, references, resources, run);
    const hints = hintsOf(flags, monitor);
    const { dataset, facts } = await withLabels(database, opened, labelFiles, hints, { flags, monitor, baseline, scratch });
    const present = [...dataset.columns, ...(baseline?.columns ?? [])].map(({ name }) => name);
    requireChecks(set, '--set', present);
    const added = dataset.columns.filter(({ name }) => baseline === null || OUTCOME_ROLES.includes(hints.get(name)?.role));
    const known = [...new Set([...(baseline?.columns ?? []), ...added].map(({ name }) => name))];
    requireColumns(flags, known, baseline === null ? '' : ' of the baseline');
    const outcomes = outcomeOptionsOf(flags, monitor);
    const rendering = import('../../layers/quality/usecases/report-files.ts'); // loaded while the scan runs
    const {
      report,
      profile,
      columns,
      dataset: checked,
    } = await checkBatch(database, dataset, baseline, resources, {
      monitor: named?.monitor ?? null,
      ...(named !== null && { named }),
      hints,
      outcomes,
      labels: facts,
      settings,
      falseAlarmRate: monitor?.falseAlarmRate ?? DEFAULTS.falseAlarmRate,
      minimumRows: monitor?.minimumRows ?? DEFAULTS.minimumRows,
      dataQualityOnly: false,
      ...nowOf(flags.now),
      version: VERSION,
    });
    if (flags.out !== undefined) {
      const { reportFiles } = await rendering;
      const analysis = await analysisFile({ database, dataset: checked, report, options: outcomes, baseline, columns, request });
      const stale = existsSync(join(flags.out, 'report.json')) ? ['analysis.json'] : [];
      const written = {
        ...(await reportFiles(report, commandLine())),
        'profile.json.gz': gzipSync(JSON.stringify(encodeProfile(profile))),
        ...(analysis !== null && { 'analysis.json': analysis }),
        ...(flags.modelMonitor && baseline !== null && modelMonitorOutput({ report, profile, columns }, baseline, settings)),
      };
      writeFolder(flags.out, written, stale);
    }
    if (!flags.quiet) await print(report, format, flags.out === undefined ? null : join(flags.out, 'report.html'), commandLine());
    return flags.failOn !== 'never' && VERDICTS.indexOf(report.verdict) >= VERDICTS.indexOf(flags.failOn as 'fail' | 'warn') ? 1 : 0;
  } finally {
    database.close();
  }
}

function nowOf(now: CheckFlags['now']): { asOf?: number } {
  if (now === undefined) return {};
  const at = now === true ? Date.now() : Date.parse(now);
  if (Number.isNaN(at)) throw new UsageError(`--now: expected a time as 2026-07-01T12:00:00Z, got "${now}"`);
  return { asOf: Math.floor(at / 1000) };
}

/** Reference data may be of another format than what arrives: the monitor's does not bind it. */
export const referenceOptions = (flags: ColumnFlags, monitor: Monitor | null) => {
  const format = inputFormatOf(flags, null);
  return { ...(format && { format }), ...(monitor?.input && { input: monitor.input }) };
};

export const inputOptions = (flags: ColumnFlags, monitor: Monitor | null) => {
  const format = inputFormatOf(flags, monitor);
  return { ...(format && { format }), ...(monitor?.input && { input: monitor.input }) };
};

async function baselineOf(
  flags: CheckFlags,
  monitor: Monitor | null,
  database: Database,
  made: Baseline | null,
  references: Parameters<typeof openDataset>[1],
  resources: Resources,
  run: AnalysisRun | null,
): Promise<Baseline | null> {
  if (flags.baseline === undefined) return null;
  if (made !== null) return made;
  const opened = await openDataset(database, references, { scratch: resources.scratch, ...referenceOptions(flags, monitor) });
  const dataset = await shaped(run, database, opened, resources.scratch);
  return buildBaseline(database, dataset, resources, {
    hints: hintsOf(flags, monitor),
    outcomes: outcomeOptionsOf(flags, monitor),
    falseAlarmRate: monitor?.falseAlarmRate ?? DEFAULTS.falseAlarmRate,
    minimumRows: monitor?.minimumRows ?? DEFAULTS.minimumRows,
  });
}
