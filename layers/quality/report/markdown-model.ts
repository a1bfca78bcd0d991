import type { Report } from '../contract/report.ts';
import { mark, row } from './markdown-cells.ts';
import { type ModelLine, summariseModel } from './model-lines.ts';
import { type ModelTable, modelTables } from './model-tables.ts';
import { boundsLabel } from './words.ts';

/** More classes or groups than this are for the page. */
const MOST = 12;

/** The model's numbers, a line each for its worst segment and the facets, then its tables. */
export function modelBlocks(report: Report): string[] {
  const { lines, estimates, estimated, labelled, worst, groups } = summariseModel(report);
  const points = [labelled, worst, ...groups].flatMap((text) => (text === null ? [] : `- ${mark(text)}`));
  return [modelTable(lines, estimated), modelTable(estimates, true), points.join('\n'), ...modelTables(report, MOST).map(table)];
}

function modelTable(lines: ModelLine[], estimated: boolean): string {
  if (lines.length === 0) return '';
  const heads = [estimated ? 'Model (estimated)' : 'Model', 'Now', boundsLabel(estimated), 'Baseline'];
  return table({ heads, rows: lines.map(({ what, value, interval, baseline }) => [what, value, interval, baseline]) });
}

const table = ({ heads, rows }: ModelTable): string =>
  [heads.map(mark), ['---', ...heads.slice(1).map(() => '---:')], ...rows.map((cells) => cells.map(mark))].map(row).join('\n');
