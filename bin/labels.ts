import { formatNumber, plural } from '../layers/quality/contract/format.ts';
import type { Monitor } from '../layers/quality/contract/monitor.ts';
import type { LabelFacts } from '../layers/quality/dataset/labels/index.ts';
import type { Dataset, SourceFile } from '../layers/quality/dataset/open-dataset.ts';
import type { Database } from '../layers/quality/engine/database.ts';
import type { ColumnHints } from '../layers/quality/engine/infer-columns.ts';
import type { Baseline } from '../layers/quality/profile/baseline.ts';
import { columnOfRole } from '../layers/quality/usecases/column-of-role.ts';
import { joinApart } from '../layers/quality/usecases/join-apart.ts';
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
  const named = (role: 'label' | 'id'): string | undefined => flags[role] ?? columnOfRole(role, monitor, baseline);
  const joined = await joinApart(database, dataset, files, hints, { scratch, label: named('label') ?? 'label', id: named('id') });
  if (!flags.quiet) for (const line of delivery(joined.facts)) process.stderr.write(`assay: ${line}\n`);
  return joined;
}

/** How labels were delivered, and by an example what is wrong with their ids: no report names ids. */
function delivery({ files, labels, duplicates, strange, repeated }: LabelFacts): string[] {
  const beyond = duplicates === 0 ? '' : `, ${formatNumber(duplicates)} of them beyond the first for their record`;
  const lines = [`${plural(labels, 'label')} from ${plural(files, 'file')}${beyond}`];
  if (strange !== null)
    lines.push(`no label has the id of a row: labels have ids such as '${strange.label.id}', the data '${strange.record.id}'`);
  if (repeated !== null) lines.push(`ids of the data repeat, such as '${repeated.sample.id}'`);
  return lines;
}
