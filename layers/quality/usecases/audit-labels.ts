import { join } from 'node:path';
import { UsageError } from '../contract/errors.ts';
import { plural } from '../contract/format.ts';
import type { Monitor } from '../contract/monitor.ts';
import { joinLabels, type LabelFacts } from '../dataset/labels/index.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import type { Baseline } from '../profile/baseline.ts';
import type { Window } from './audit-parts.ts';
import { downloadAll, tooLarge, type Wanted } from './audit-records.ts';
import { columnOfRole } from './column-of-role.ts';
import type { ProcessDependencies } from './dependencies.ts';

export interface LabelledRecords {
  dataset: Dataset;
  /** Name of the label column that was made, and what became of the labels; null where none were joined. */
  joined: { label: string; facts: LabelFacts } | null;
  notes: string[];
}

const HOUR = 3_600_000;
/** Labels without a date may be there before their records, by so long. */
const EARLY = 7 * 24 * HOUR;
const DATED = /(?:^|\/|date=)(\d{4})[/-](\d{2})[/-](\d{2})(?:\/(?:hour=)?(\d{2}))?\//;

/** Gives the records of a window the labels that have come, where the monitor has a place for them. */
export async function labelRecords(
  deps: ProcessDependencies,
  database: Database,
  monitor: Monitor,
  { window, records, baseline }: { window: Window; records: Dataset; baseline: Baseline | null },
): Promise<LabelledRecords> {
  const without = (...notes: string[]): LabelledRecords => ({ dataset: records, joined: null, notes });
  if (monitor.labels === undefined) return without();
  const { location } = monitor.labels;
  const { wanted, ...unread } = await labelObjects(deps, location, window.from);
  if (wanted.length === 0) return without(`No labels have come under ${location} since the window began.`, ...unreadNotes(unread));
  const problem = tooLarge(deps, wanted, `those under ${location} have`);
  if (problem !== null) return without(`Labels are not joined: ${problem}.`);
  const files = await downloadAll(deps, wanted, join(deps.resources.scratch, 'labels'));
  const label = columnOfRole('label', monitor, baseline) ?? 'label';
  const id = columnOfRole('id', monitor, baseline);
  try {
    const { dataset, facts } = await joinLabels(database, records, files, {
      scratch: deps.resources.scratch,
      label,
      ...(id !== undefined && { id }),
    });
    deps.log('labels joined', { monitor: monitor.monitor, files: files.length, labels: facts.labels, matched: facts.matched });
    return { dataset, joined: { label, facts: ofWindow(facts) }, notes: facts.unlabelled > 0 ? unreadNotes(unread) : [] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return without(`Labels are not joined: ${error.message}.`);
  }
}

/** Labels of other windows lie beside this one's: that they match nothing here, or are not there yet, is no fact of this window, unless none belongs here. */
function ofWindow(facts: LabelFacts): LabelFacts {
  const { matched, beyond, conflicts, mismatched } = facts;
  return matched + beyond + conflicts + mismatched === 0 ? facts : { ...facts, unmatched: beyond, pending: 0 };
}

interface Unread {
  /** Label objects that came since the window began, under an earlier date. */
  misdated: number;
  /** Those without a date that came long before it. */
  old: number;
}

/** Labels that nobody read may be why rows have none. */
const unreadNotes = ({ misdated, old }: Unread): string[] =>
  (
    [
      [misdated, 'came after the window began under keys dated before it'],
      [old, 'came more than 7 days before the window under keys without a date'],
    ] as const
  ).flatMap(([count, how]) =>
    count === 0 ? [] : [`${plural(count, 'label object')} ${how}, and ${count === 1 ? 'was' : 'were'} not read.`],
  );

/** Label objects that may hold labels of records since `from`: by the date in their key, else by when they arrived. */
async function labelObjects({ store }: ProcessDependencies, location: string, from: number): Promise<Unread & { wanted: Wanted[] }> {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(location) ?? [];
  if (bucket === undefined) throw new UsageError(`labels.location: expected s3://BUCKET/PREFIX, got ${location}`);
  const listed = await store.list(bucket, prefix!);
  const objects = listed
    .filter(({ key, bytes }) => bytes > 0 && !key.endsWith('/'))
    .map((object) => ({ ...object, dated: endOfPlace(object.key.slice(prefix!.length)) }));
  return {
    wanted: objects
      .filter(({ dated, lastModified }) => (dated ?? lastModified.getTime() + EARLY) > from)
      .map(({ key, etag, bytes }) => ({ bucket, key, etag, bytes })),
    misdated: objects.filter(({ dated, lastModified }) => dated !== null && dated <= from && lastModified.getTime() > from).length,
    old: objects.filter(({ dated, lastModified }) => dated === null && lastModified.getTime() + EARLY <= from).length,
  };
}

/** The end of the hour or day that a key's folders name; null where they name none. */
function endOfPlace(path: string): number | null {
  const found = DATED.exec(path);
  if (found === null) return null;
  const [, year, month, day, hour] = found;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0));
  return start + (hour === undefined ? 24 : 1) * HOUR;
}
