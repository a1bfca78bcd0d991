import type { Monitor } from '../layers/quality/contract/monitor.ts';
import { joinLabels, type LabelFacts } from '../layers/quality/dataset/labels/index.ts';
import type { Dataset, SourceFile } from '../layers/quality/dataset/open-dataset.ts';
import type { Database } from '../layers/quality/engine/database.ts';
import type { ColumnHints } from '../layers/quality/engine/infer-columns.ts';
import type { Baseline } from '../layers/quality/profile/baseline.ts';
import type { ColumnFlags } from './column-flags.ts';

export const LABELS_FLAG = [
  '--labels <ref...>',
  'true outcomes that came by another road: ground-truth files or tables, joined by id',
] as const;

export interface LabelRequest {
  flags: ColumnFlags & { quiet?: boolean };
  monitor: Monitor | null;
  baseline: Baseline | null;
  scratch: string;
}

/** The data with the labels that came by another road as a column, and its role among the hints. How they were delivered is said on stderr, and is no part of the report. */
export async function withLabels(
  database: Database,
  dataset: Dataset,
  files: SourceFile[] | null,
  hints: ColumnHints,
  { flags, monitor, baseline, scratch }: LabelRequest,
): Promise<{ dataset: Dataset; facts: LabelFacts | null }> {
  if (files === null) return { dataset, facts: null };
  const named = (role: 'label' | 'id'): string | undefined =>
    flags[role] ??
    Object.entries(monitor?.columns ?? {}).find(([, column]) => column.role === role)?.[0] ??
    baseline?.columns.find((column) => column.role === role)?.name;
  const [label, id] = [named('label') ?? 'label', named('id')];
  const joined = await joinLabels(database, dataset, files, { scratch, label, ...(id !== undefined && { id }) });
  hints.set(label, { ...hints.get(label), role: 'label' });
  const { labels, duplicates } = joined.facts;
  if (!flags.quiet) process.stderr.write(`assay: ${labels} labels from ${files.length} files, ${duplicates} of them duplicates\n`);
  return joined;
}
