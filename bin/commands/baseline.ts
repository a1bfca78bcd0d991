import { gzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import { formatNumber } from '../../layers/quality/contract/format.ts';
import { type Dataset, openDataset, type SourceFile } from '../../layers/quality/dataset/open-dataset.ts';
import type { Database } from '../../layers/quality/engine/database.ts';
import type { ColumnHints } from '../../layers/quality/engine/infer-columns.ts';
import { type Baseline, encodeBaseline } from '../../layers/quality/profile/baseline.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { labelNotes } from '../../layers/quality/usecases/label-notes.ts';
import { unknownNames } from '../../layers/quality/usecases/unknown-names.ts';
import { BASELINE_FILE, readBaselineFolder } from '../baseline-folder.ts';
import { addColumnFlags, type ColumnFlags, hintsOf, outcomeOptionsOf, requireColumns } from '../column-flags.ts';
import { resolveInputs } from '../inputs.ts';
import { LABELS_FLAG, type LabelRequest, withLabels } from '../labels.ts';
import { readMonitor } from '../monitor-file.ts';
import { openFor, type ResourceFlags, resourcesOf, withScratch, writeFolder } from '../session.ts';
import { DEFAULTS, referenceOptions } from './check.ts';

interface BaselineFlags extends ColumnFlags, ResourceFlags {
  out: string;
  monitor?: string;
  labels?: string[];
  quiet?: boolean;
  recut?: boolean;
}

export function addBaseline(program: Command, done: (status: number) => void): void {
  const command = program
    .command('baseline')
    .description('profile reference data; the folder written is what --baseline takes')
    .argument('<ref...>', 'files, folders, globs, s3:// objects or prefixes');
  command
    .requiredOption('--out <dir>', 'folder to write')
    .option('--monitor <file>', 'a monitor.json')
    .option(...LABELS_FLAG);
  addColumnFlags(command)
    .option('--recut', 'take new cuts, in place of those of the baseline that is in the folder')
    .option('--memory <mb>', 'memory for the engine (768)')
    .option('--threads <n>', 'threads (as many as there are cores)')
    .option('--quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      '\nExamples:\n  assay baseline october/ --out baseline/ --time inference_time\n  assay baseline train.csv --out baseline/ --label repaid --ignore customer_name',
    )
    .action(async (refs: string[], flags: BaselineFlags) => done(await withScratch((scratch) => baseline(refs, flags, scratch))));
}

async function baseline(refs: string[], flags: BaselineFlags, scratch: string): Promise<number> {
  const monitor = readMonitor(flags.monitor);
  const resources = resourcesOf(flags, scratch);
  const previous = flags.recut ? null : readBaselineFolder(flags.out);
  const files = await resolveInputs(refs, scratch, 'baseline');
  const labelFiles = flags.labels === undefined ? null : await resolveInputs(flags.labels, scratch, '--labels');
  const database = await openFor([...files, ...(labelFiles ?? [])], resources);
  try {
    const hints = hintsOf(flags, monitor);
    const { dataset, joined } = await openReference(
      database,
      { files, labelFiles, hints },
      { flags, monitor, baseline: previous, scratch },
    );
    const made = await buildBaseline(database, dataset, resources, {
      hints,
      outcomes: outcomeOptionsOf(flags, monitor),
      falseAlarmRate: monitor?.falseAlarmRate ?? DEFAULTS.falseAlarmRate,
      minimumRows: monitor?.minimumRows ?? DEFAULTS.minimumRows,
      joined,
      previous,
      ...(!flags.quiet && { note: (text: string) => void process.stderr.write(`assay: ${text}\n`) }),
    });
    if (previous !== null && !flags.quiet)
      process.stderr.write(
        `assay: the cuts of the baseline in ${flags.out} are kept, so that profiles stay comparable; --recut takes new ones\n`,
      );
    writeFolder(flags.out, { [BASELINE_FILE]: gzipSync(JSON.stringify(encodeBaseline(made))) });
    if (!flags.quiet) process.stdout.write(describe(made, flags.out));
    return 0;
  } finally {
    database.close();
  }
}

interface Reference {
  files: SourceFile[];
  labelFiles: SourceFile[] | null;
  hints: ColumnHints;
}

/** The reference data, whole and with its labels; names it does not have are refused, of the monitor said. */
async function openReference(
  database: Database,
  { files, labelFiles, hints }: Reference,
  request: LabelRequest & { flags: BaselineFlags },
): Promise<{ dataset: Dataset; joined: string | null }> {
  const { flags, monitor, scratch } = request;
  const opened = await openDataset(database, files, { scratch, ...referenceOptions(flags, monitor) });
  const broken = opened.files.find((file) => file.error !== undefined);
  if (broken !== undefined) throw new UsageError(`${broken.uri}: ${broken.error}`);
  const { dataset, facts } = await withLabels(database, opened, labelFiles, hints, request);
  const present = dataset.columns.map(({ name }) => name);
  requireColumns(flags, present);
  const slips = monitor === null ? [] : unknownNames(monitor, present).map((slip) => `${flags.monitor}: ${slip}`);
  if (!flags.quiet) for (const note of [...labelNotes(facts), ...slips]) process.stderr.write(`assay: ${note}\n`);
  return { dataset, joined: facts === null ? null : dataset.columns.at(-1)!.name };
}

function describe(made: Baseline, folder: string): string {
  const unit = made.spread.step === null ? 'equal parts' : made.spread.step === 3600 ? 'hours' : 'days';
  const lines = made.columns.map(
    ({ name, role, type, inferred }) => `  ${name.padEnd(28)} ${type.padEnd(9)} ${role}${inferred ? '  (inferred)' : ''}`,
  );
  const alarms =
    made.falseAlarms === null
      ? 'too few chunks to measure false alarms'
      : `false alarms on itself: ${made.falseAlarms.failed} of ${made.falseAlarms.windows}`;
  return `${folder}  ${formatNumber(made.profile.rows)} rows × ${made.columns.length} columns in ${made.spread.places.length} ${unit}; ${alarms}\n\n${lines.join('\n')}\n`;
}
