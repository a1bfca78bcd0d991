import { plural } from '../contract/format.ts';
import type { FoldedWindow } from './audit-fold.ts';

const SHOWN = 5;

const listed = (uris: string[]): string =>
  uris.slice(0, SHOWN).join(', ') + (uris.length > SHOWN ? ` and ${uris.length - SHOWN} more` : '');
const objects = (count: number): string => plural(count, 'object');

/** What a reader has to know of the objects behind a window. */
export function windowNotes(folded: FoldedWindow, cutsId: string | null): string[] {
  const { files, replaced, deleted, undescribed, otherCuts } = folded;
  const notes: string[] = [];
  if (files.length === 0) notes.push('There is no data: no object has a row in this window.');
  if (replaced.length > 0)
    notes.push(`Of ${objects(replaced.length)} another version is the newest: the older ones do not count: ${listed(replaced)}`);
  if (deleted.length > 0) notes.push(`${objects(deleted.length)} deleted since do not count: ${listed(deleted)}`);
  if (otherCuts.objects > 0)
    notes.push(
      `${objects(otherCuts.objects)} (${plural(otherCuts.rows, 'row')}) were profiled at other cuts than the baseline's (${cutsId}): data quality and stability are judged without them. They came before it; processed again (assay audit --backfill), they are judged with the others.`,
    );
  if (undescribed > 0)
    notes.push(
      `${undescribed} profiles were written by a release that did not keep their objects: all of them count, and stand for these.`,
    );
  return notes;
}
