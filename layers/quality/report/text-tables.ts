import type { Report } from '../contract/report.ts';
import { type ModelTable, modelTables } from './model-tables.ts';
import { cells, shorten, visible } from './visible.ts';

/** More classes or groups than this are for the page. */
const MOST = 5;
const GAP = 3;

/** The model's tables on a terminal: names to the left, numbers to the right, the columns that there is room for. */
export const modelTableBlocks = (report: Report, width: number): string[][] =>
  modelTables(report, MOST).map((table) => tableLines(table, width));

function tableLines({ heads, rows }: ModelTable, width: number): string[] {
  const name = Math.max(12, Math.floor(width / 5));
  const table = [heads, ...rows].map((row) => row.map((cell, i) => shorten(visible(cell), i === 0 ? name : 30)));
  const widths = heads.map((_, i) => Math.max(...table.map((row) => cells(row[i]!))));
  const shown = columnsThatFit(widths, width - 2);
  const left = shown < heads.length ? '   …' : '';
  return table.map((row, line) => {
    const texts = row.slice(0, shown).map((cell, i) => {
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
