import { formatNumber } from '../contract/format.ts';
import type { Report } from '../contract/report.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';

const SHOWN = 5;

/** What a reader has to know of labels that came apart from their records. */
export function labelNotes(labels: LabelFacts | null): string[] {
  if (labels === null) return [];
  const { matched, unmatched, conflicts, mismatched, pending, records } = labels;
  const notes = [`Labels were joined by ${labels.keys.join(', ')}: ${matched} of ${records} rows have one.`];
  if (unmatched > 0) notes.push(`${unmatched} labels belong to none of these rows${matched === 0 ? ': are they of another day?' : '.'}`);
  if (conflicts > 0) notes.push(`${conflicts} records have different labels of the same time: they are taken as unlabelled.`);
  if (mismatched > 0) notes.push(`${mismatched} labels came with others than their request has rows for: none of them was used.`);
  if (pending > 0) notes.push(`${plural(pending, 'row')} of the label files ${pending === 1 ? 'has' : 'have'} no label yet.`);
  return [...notes, ...rejectedNotes(labels), ...problemNotes(labels)];
}

/** Lines of label files that are no label, in the form a report has for lines of the data. */
export const rejectedLabels = (labels: LabelFacts | null): Report['rejected'] =>
  (labels?.rejectedLines ?? []).map(({ uri, line, reason, isRow }) => ({
    ...{ uri, line },
    reason: isRow ? `row ${line} of the table: ${reason}` : reason,
  }));

export const plural = (count: number, one: string): string => `${formatNumber(count)} ${count === 1 ? one : `${one}s`}`;

function rejectedNotes({ rejected, rejectedLines }: LabelFacts): string[] {
  if (rejected === 0) return [];
  const shown = rejectedLines
    .slice(0, SHOWN)
    .map(({ uri, line, reason, isRow }) => `${uri}, ${isRow ? 'row' : 'line'} ${formatNumber(line)}: ${reason}`);
  const more = rejected - shown.length;
  const rest = more > 0 ? [`and ${formatNumber(more)} more`] : [];
  return [`${plural(rejected, 'line')} of the label files could not be read: ${[...shown, ...rest].join('; ')}.`];
}

/** Files of which nothing was used. */
function problemNotes({ problems }: LabelFacts): string[] {
  const notes = problems.slice(0, SHOWN).map(({ uri, error }) => `Labels not read: ${uri}: ${error}`);
  const more = problems.length - notes.length;
  return more > 0 ? [...notes, `Labels not read: ${formatNumber(more)} more ${more === 1 ? 'file' : 'files'}.`] : notes;
}
