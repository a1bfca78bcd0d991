import type { Report } from '../contract/report.ts';
import { boundsLegend } from './class-words.ts';
import { fairnessLines } from './fairness-lines.ts';
import { mark, row } from './markdown-cells.ts';
import { type ModelLine, summariseModel } from './model-lines.ts';
import { type ModelTable, modelTables } from './model-tables.ts';
import { boundsLabel } from './words.ts';

/** More classes or groups than this are for the page. */
const MOST = 12;

/** The model's numbers, a line each for its worst segment and the facets, then its tables. */
export function modelBlocks(report: Report): string[] {
  const { lines, estimates, estimated, labelled, worst, terms } = summariseModel(report);
  const fairness = fairnessLines(report);
  const tables = modelTables(report, MOST);
  const legend = tables.some(({ bounds }) => bounds) ? [boundsLegend(boundsLabel(false))] : [];
  const known = lines.length + estimates.length + tables.length > 0;
  const read = known ? [...terms, ...legend].join(' · ') : '';
  const points = [read, labelled ?? '', worst ?? '', fairness.terms.join(' · '), ...fairness.groups];
  const list = points.flatMap((text) => (text === '' ? [] : `- ${mark(text)}`));
  return [modelTable(lines, estimated), modelTable(estimates, true), list.join('\n'), ...tables.map(table)];
}

function modelTable(lines: ModelLine[], estimated: boolean): string {
  if (lines.length === 0) return '';
  const heads = [estimated ? 'Model (estimated)' : 'Model', 'Now', boundsLabel(estimated), 'Baseline'];
  return table({ heads, rows: lines.map(({ what, value, interval, baseline }) => [what, value, interval, baseline]) });
}

const table = ({ heads, rows }: Pick<ModelTable, 'heads' | 'rows'>): string =>
  [heads.map(mark), ['---', ...heads.slice(1).map(() => '---:')], ...rows.map((cells) => cells.map(mark))].map(row).join('\n');
