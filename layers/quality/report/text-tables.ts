import type { Report } from '../contract/report.ts';
import { type ModelTable, modelTables } from './model-tables.ts';
import { shortenApart } from './shorten-apart.ts';
import { cells, shorten, visible } from './visible.ts';

/** More classes or groups than this are for the page. */
const MOST = 5;
const GAP = 3;

/** The model's tables on a terminal: names to the left, numbers to the right, the columns that there is room for. */
export const modelTableBlocks = (report: Report, width: number): string[][] =>
  modelTables(report, MOST).map((table) => tableLines(table, width));

function tableLines({ heads, rows }: ModelTable, width: number): string[] {
  const cellsOf = [heads, ...rows].map((row) => row.map((cell, i) => (i === 0 ? visible(cell) : shorten(visible(cell), 30))));
  const widths = heads.map((_, i) => Math.max(...cellsOf.map((row) => cells(row[i]!))));
  const least = Math.min(widths[0]!, Math.max(12, Math.floor(width / 5)));
  const shown = columnsThatFit([least, ...widths.slice(1)], width - 2);
  const left = shown < heads.length ? '   …' : '';
  // Names take what room the columns leave.
  const others = widths.slice(1, shown).reduce((sum, each) => sum + GAP + each, 0);
  widths[0] = Math.min(widths[0]!, Math.max(least, width - 2 - cells(left) - others));
  const names = [
    shorten(cellsOf[0]![0]!, widths[0]),
    ...shortenApart(
      cellsOf.slice(1).map(([name]) => name!),
      widths[0],
    ),
  ];
  return cellsOf.map((row, line) => {
    const texts = [names[line]!, ...row.slice(1, shown)].map((cell, i) => {
      const space = ' '.repeat(widths[i]! - cells(cell));
      return i === 0 ? cell + space : space + cell;
    });
    return `  ${texts.join(' '.repeat(GAP))}${line === 0 ? left : ''}`.trimEnd();
  });
}

/** How many columns from the left there is room for, with a sign of those that there is not. */
function columnsThatFit(widths: number[], room: number): number {
  let used = -GAP;
  const ends = widths.map((width) => (used += width + GAP));
  if (used <= room) return widths.length;
  return Math.max(1, ends.filter((end) => end + 4 <= room).length);
}
