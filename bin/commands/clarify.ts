import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type AnalysisRequest,
  analyse,
  analysisJson,
  inputOf,
  type JsonShape,
  joinPredictions,
  jsonShape,
  judgedRequest,
  monitorOf,
  namedConfig,
  type ParsedConfig,
  parseAnalysisConfig,
  resolveConfig,
  shapeJson,
} from '../../layers/quality/clarify/index.ts';
import type { Column } from '../../layers/quality/contract/columns.ts';
import { UsageError } from '../../layers/quality/contract/errors.ts';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import type { Report } from '../../layers/quality/contract/report.ts';
import { type Dataset, openDataset, type SourceFile } from '../../layers/quality/dataset/open-dataset.ts';
import type { Database } from '../../layers/quality/engine/database.ts';
import type { Baseline } from '../../layers/quality/profile/baseline.ts';
import type { OutcomeOptions } from '../../layers/quality/usecases/plan-outcomes.ts';
import { sourceOf } from '../../layers/quality/usecases/profile-dataset.ts';
import { resolveInputs } from '../inputs.ts';

/** A configuration of Clarify on its way through a check. */
export interface AnalysisRun {
  /** By the names of the table. */
  parsed: ParsedConfig;
  shape: JsonShape | null;
  /** Files of predictions; null where they are columns of the data. */
  predictions: SourceFile[] | null;
}

/** Reads analysis_config.json and finds the files it names, beside it or from here. */
export async function readAnalysisConfig(path: string | undefined, scratch: string): Promise<AnalysisRun | null> {
  if (path === undefined) return null;
  if (!existsSync(path)) throw new UsageError(`--analysis-config: no such file: ${path}`);
  const given = parseAnalysisConfig(readFileSync(path, 'utf8'), path);
  const shape = jsonShape(given);
  const parsed = namedConfig(given, shape);
  const uri = parsed.config.predicted_label_dataset_uri;
  if (uri === undefined) return { parsed, shape, predictions: null };
  const beside = join(dirname(path), uri);
  const place = !uri.startsWith('s3://') && !existsSync(uri) && existsSync(beside) ? beside : uri;
  const predictions = await resolveInputs([place], scratch, `${path}: "predicted_label_dataset_uri"`).catch((error: unknown) => {
    throw error instanceof UsageError && !error.message.startsWith(path)
      ? new UsageError(`${path}: "predicted_label_dataset_uri": ${error.message}`)
      : error;
  });
  return { parsed, shape, predictions };
}

/** How the files are read, by a configuration where there is one. */
export const inputMonitor = (run: AnalysisRun | null, monitor: Monitor | null): Monitor | null =>
  run === null ? monitor : inputOf(run.parsed, monitor);

/** Data as a configuration sees them: records as a table. */
export const shaped = async (run: AnalysisRun | null, database: Database, dataset: Dataset, scratch: string): Promise<Dataset> =>
  run === null || run.shape === null
    ? dataset
    : shapeJson(database, dataset, run.shape, run.parsed.uri, await mkdtemp(join(scratch, 'shape-')));

export interface Prepared {
  dataset: Dataset;
  monitor: Monitor | null;
  /** What analysis.json is made of; null where no configuration says. */
  request: AnalysisRequest | null;
}

/** The data with their predictions, and what the configuration says of the columns; what of it is skipped is told. */
export async function prepareAnalysis(
  run: AnalysisRun | null,
  {
    database,
    dataset: opened,
    monitor,
    scratch,
    tell,
  }: { database: Database; scratch: string; tell: (note: string) => void } & Omit<Prepared, 'request'>,
): Promise<Prepared> {
  if (run === null) return { dataset: opened, monitor, request: null };
  const { parsed, predictions } = run;
  for (const note of parsed.notes) tell(`${parsed.uri}: ${note}`);
  requireFitting(parsed, opened);
  const own = await shaped(run, database, opened, scratch);
  const { dataset, names, note } = predictions === null ? unjoined(own) : await withPredictions(run, predictions, database, own, scratch);
  if (note !== null) tell(`${parsed.uri}: ${note}`);
  const resolved = await resolveConfig(database, sourceOf(dataset), parsed, names);
  for (const each of resolved.notes) tell(`${parsed.uri}: ${each}`);
  const prediction = resolved.request?.prediction;
  if (prediction && 'error' in prediction)
    tell(`${parsed.uri}: as Clarify computes them the metrics after training have no value in analysis.json: ${prediction.error}`);
  return { dataset, monitor: monitorOf(resolved, monitor!), request: resolved.request };
}

/** Names of which no line has as many fields are a slip of the configuration, not of the data. */
function requireFitting({ config: { headers }, uri }: ParsedConfig, { rows, rejectedLines: [first] }: Dataset): void {
  if (headers === undefined || rows > 0 || first === undefined) return;
  throw new UsageError(
    `${uri}: "headers": expected a name for each column of ${first.uri}, got ${headers.length}; line ${first.line}: ${first.reason}`,
  );
}

const unjoined = (dataset: Dataset): Awaited<ReturnType<typeof joinPredictions>> => ({
  ...{ dataset, names: { prediction: null, score: null }, note: null },
});

async function withPredictions({ parsed }: AnalysisRun, files: SourceFile[], database: Database, dataset: Dataset, scratch: string) {
  const { config, uri } = parsed;
  const { input } = inputOf({ config: { ...config, headers: config.predicted_label_headers, features: undefined } }, null);
  const opened = await openDataset(database, files, { scratch, ...(input!.format && { format: input!.format }), input });
  const broken = opened.files.find((file) => file.error !== undefined);
  if (broken !== undefined) throw new UsageError(`${uri}: "predicted_label_dataset_uri": ${broken.uri}: ${broken.error}`);
  const folder = await mkdtemp(join(scratch, 'predictions-'));
  return joinPredictions(database, { parsed, dataset, predictions: sourceOf(opened), rows: opened.rows, folder });
}

export interface AnalysisInput {
  database: Database;
  dataset: Dataset;
  report: Report;
  options: OutcomeOptions;
  baseline: Baseline | null;
  columns: Column[];
  request: AnalysisRequest | null;
}

/** Rows of which analysis.json is written without being asked for: of ten million it takes as long as the check. */
const MOST_UNASKED = 1_000_000;

/** analysis.json of a check: what a configuration asks for, else of the facets that were judged; null where there are none. */
export async function analysisFile({
  database,
  dataset,
  report,
  options,
  baseline,
  columns,
  request,
}: AnalysisInput): Promise<string | null> {
  const source = sourceOf(dataset);
  if (source.paths.length === 0 || (request === null && dataset.rows > MOST_UNASKED)) return null;
  const outcomes = report.performance;
  const before = baseline?.outcomes?.plan;
  const facets = options.facets ?? before?.facets ?? [];
  const features = columns.filter(({ name, role }) => role === 'feature' && source.columns.some((column) => column.name === name));
  const judged =
    outcomes === undefined || report.fairness === undefined
      ? null
      : {
          outcomes,
          facets,
          groupVariable: options.groupVariable ?? before?.groupVariable ?? null,
          features: features.map(({ name }) => name),
        };
  const wanted = request ?? (judged === null ? null : await judgedRequest(database, source, judged));
  const sections = wanted === null ? [] : await analyse(database, source, wanted);
  return sections.length === 0 ? null : analysisJson(sections);
}
