import type { LabelFacts } from '../dataset/labels/index.ts';

const SHOWN = 5;

/** What a reader has to know of labels that came apart from their records. */
export function labelNotes(labels: LabelFacts | null): string[] {
  if (labels === null) return [];
  const { matched, unmatched, conflicts, mismatched, rejected, records } = labels;
  const notes = [`Labels were joined by ${labels.keys.join(', ')}: ${matched} of ${records} rows have one.`];
  if (unmatched > 0) notes.push(`${unmatched} labels belong to none of these rows${matched === 0 ? ': are they of another day?' : '.'}`);
  if (conflicts > 0) notes.push(`${conflicts} records have different labels of the same time: they are taken as unlabelled.`);
  if (mismatched > 0) notes.push(`${mismatched} labels came with others than their request has rows for: none of them was used.`);
  if (rejected > 0) notes.push(`${rejected} lines of the label files could not be read.`);
  return [...notes, ...problemNotes(labels)];
}

/** Files of which nothing was used. */
function problemNotes({ problems }: LabelFacts): string[] {
  const notes = problems.slice(0, SHOWN).map(({ uri, error }) => `Labels not read: ${uri}: ${error}`);
  const more = problems.length - notes.length;
  return more > 0 ? [...notes, `Labels not read: ${more} more ${more === 1 ? 'file' : 'files'}.`] : notes;
}
