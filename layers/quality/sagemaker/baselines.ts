import type { DescribeModelPackageOutput } from '@aws-sdk/client-sagemaker';
import { UsageError } from '../contract/errors.ts';
import type { Monitor } from '../contract/monitor.ts';
import { type FoundFile, importBaseline } from '../model-monitor/index.ts';
import type { Store } from '../store/store.ts';
import { s3Words } from './s3-words.ts';
import { type Source, sourcesOf } from './sources.ts';
import { clean, enumerated, parseS3 } from './words.ts';

export interface Baselines {
  /** What the files say about columns, checks and outcomes. */
  monitor: Partial<Monitor>;
  facts: string[];
  notes: string[];
  /** Of the imported files what has no place in a monitor. */
  left: string[];
}

/** What a model package knows to compare with: data sets are named as the baseline, files of Model Monitor and Clarify imported. */
export async function readBaselines(store: Pick<Store, 'get'>, opened: DescribeModelPackageOutput, name: string): Promise<Baselines> {
  const found: Baselines = { monitor: {}, facts: [], notes: [], left: [] };
  const sources = sourcesOf(opened);
  if (sources.length === 0) {
    const named = clean(opened.ModelPackageArn ?? opened.ModelPackageName ?? '');
    found.notes.push(
      `model package ${named} has neither DriftCheckBaselines nor ModelMetrics; give reference data: assay baseline REF --out DIR`,
    );
    return found;
  }
  const files = await readFiles(store, sources, found);
  importFiles(files, name, found);
  const dataset = sources.find(({ kind }) => kind === 'dataset')?.uri ?? datasetOf(files);
  if (dataset !== null) {
    found.monitor = { ...found.monitor, baseline: dataset };
    found.facts.push(`baseline   ${clean(dataset)}, reference data`);
  } else if (files.length > 0)
    found.notes.push(
      'a baseline of Model Monitor or Clarify has no rows: it says what is watched and how strictly, but nothing is compared with it; profile the data it was made of: assay baseline REF --out DIR',
    );
  const others = sources.filter(({ kind }) => kind === 'other');
  if (others.length > 0)
    found.notes.push(
      `found and not used: ${enumerated(others.map(({ what, uri }) => `${what} (${uri})`))}; assay import reads a folder of them where their names are those of a job`,
    );
  return found;
}

async function readFiles(store: Pick<Store, 'get'>, sources: readonly Source[], found: Baselines): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (const { what, uri, from, kind } of sources) {
    const address = parseS3(uri);
    if (kind !== 'baseline') continue;
    if (address === null) {
      found.notes.push(`${what}: ${clean(uri)} is no s3:// address, and is not read`);
      continue;
    }
    try {
      const object = await store.get(address.bucket, address.key);
      if (object === null) found.notes.push(`${what}: ${clean(uri)} is named by the model package but not there (${from})`);
      else {
        files.push({ uri, text: object.body.toString('utf8') });
        found.facts.push(`read       ${clean(uri)}, ${what} (${from})`);
      }
    } catch (error) {
      found.notes.push(`${what}: ${clean(uri)} cannot be read: ${s3Words(error, 's3:GetObject')}`);
    }
  }
  return files;
}

/** Of two analyses the first counts, after training before the one before. A file that is wrong spoils none of the rest. */
function importFiles(files: readonly FoundFile[], name: string, found: Baselines): void {
  const usable: FoundFile[] = [];
  for (const file of files) {
    try {
      importBaseline([...usable, file], name);
      usable.push(file);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      found.notes.push(`not imported: ${error.message}`);
    }
  }
  if (usable.length === 0) return;
  const { monitor, notes } = importBaseline(usable, name);
  found.monitor = monitor;
  found.left = notes;
}

/** The data set that Clarify's configuration was made for. Inside a job it is a path of the container. */
function datasetOf(files: readonly FoundFile[]): string | null {
  const config = files.find(({ uri }) => uri.endsWith('/analysis_config.json'));
  if (config === undefined) return null;
  try {
    const { dataset_uri: uri } = JSON.parse(config.text) as { dataset_uri?: unknown };
    return typeof uri === 'string' && parseS3(uri) !== null ? uri : null;
  } catch {
    return null;
  }
}
