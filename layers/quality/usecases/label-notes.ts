import { formatNumber, plural } from '../contract/format.ts';
import type { Report } from '../contract/report.ts';
import type { LabelFacts } from '../dataset/labels/index.ts';

const SHOWN = 5;

/** What a reader has to know of labels that came apart from their records. Ids are personal data: it is said how they look, never which they are. */
export function labelNotes(labels: LabelFacts | null): string[] {
  if (labels === null) return [];
  const { matched, conflicts, pending, records } = labels;
  const notes = [
    `Labels were joined by ${labels.keys.join(', ')}: ${formatNumber(matched)} of ${plural(records, 'row')} ${have(matched)} one.`,
  ];
  notes.push(...unmatchedNotes(labels));
  if (conflicts > 0)
    notes.push(`${plural(conflicts, 'record')} ${have(conflicts)} different labels of the same time: they are taken as unlabelled.`);
  notes.push(...misfitNotes(labels));
  if (pending > 0) notes.push(`${plural(pending, 'row')} of the label files ${have(pending)} no label yet.`);
  return [...notes, ...rejectedNotes(labels), ...problemNotes(labels)];
}

/** Lines of label files that are no label, in the form a report has for lines of the data. */
export const rejectedLabels = (labels: LabelFacts | null): Report['rejected'] =>
  (labels?.rejectedLines ?? []).map(({ uri, line, reason, isRow }) => ({
    ...{ uri, line },
    reason: isRow ? `row ${line} of the table: ${reason}` : reason,
  }));

const have = (count: number): string => (count === 1 ? 'has' : 'have');

function unmatchedNotes({ matched, unmatched, beyond, strange }: LabelFacts): string[] {
  const count = unmatched - beyond;
  if (count === 0) return [];
  const lead = `${plural(count, 'label')} ${count === 1 ? 'belongs' : 'belong'} to none of these rows`;
  if (strange === null) return [`${lead}${matched === 0 ? ': are they of another day?' : '.'}`];
  const { label, record, sameNumber } = strange;
  if (sameNumber > 0)
    return [
      `${lead}: their ids and the data's (${record.column}) are numbers written differently, such as ${label.form} and ${record.form} (9 is any digit), in ${plural(sameNumber, 'case')}.`,
    ];
  if (label.form === record.form)
    return [`${lead}: their ids look like the data's (${record.column}: ${label.form}); are they of another day?`];
  return [
    `${lead}: labels have ids such as ${label.form}, the data (${record.column}) such as ${record.form} (9 is any digit, a and A any letter).`,
  ];
}

/** Labels of ids that are there, which yet fit no row. */
function misfitNotes({ mismatched, beyond, repeated }: LabelFacts): string[] {
  const notes: string[] = [];
  if (repeated !== null) {
    const { ids, rows, sample } = repeated;
    notes.push(
      `${plural(ids, 'id')} ${ids === 1 ? 'is' : 'are'} of ${plural(rows, 'row')}, such as that of rows ${sample.rows.map(formatNumber).join(' and ')} of ${sample.uri}: a label cannot tell which of them it is of, and none of them has one.`,
    );
  }
  const ofRequests = mismatched - (repeated?.ids ?? 0);
  if (ofRequests > 0)
    notes.push(
      `${plural(ofRequests, 'label')} came in another number than ${ofRequests === 1 ? 'its' : 'their'} request has rows, and ${ofRequests === 1 ? 'was' : 'were'} not used: in a table of labels a column row says of which row of its request each is.`,
    );
  if (beyond > 0)
    notes.push(
      `${plural(beyond, 'label')} ${beyond === 1 ? 'names a row that its' : 'name a row that their'} request does not have, and ${beyond === 1 ? 'was' : 'were'} not used: rows are counted from 0.`,
    );
  return notes;
}

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
