import { plural } from '../contract/format.ts';
import type { Baseline } from '../profile/baseline.ts';
import { sortedColumns } from '../profile/sorted-columns.ts';
import { FEWEST_CHUNKS, type MergedSpread } from '../profile/spread.ts';
import type { BatchToJudge } from './judge-batch.ts';
import type { Sides } from './judge-profiles.ts';
import { unknownNames } from './unknown-names.ts';

/** What a reader has to know of how a set of records was judged. */
export const batchNotes = (batch: BatchToJudge, sides: Sides[], spread: MergedSpread | null): string[] => [
  ...spreadNote(batch, spread),
  ...(batch.baseline === null ? [] : sortedNote(batch.baseline)),
  ...inferredNote(batch),
  ...unreadableNote(batch),
  ...timelessNote(batch, sides),
  ...unknownNote(batch),
  ...scoreNote(batch),
];

function spreadNote({ baseline }: BatchToJudge, spread: MergedSpread | null): string[] {
  if (baseline === null || spread === null)
    return ['There is no baseline: nothing was compared, so that neither drift nor a fall of accuracy could show.'];
  if (spread.chunks < FEWEST_CHUNKS)
    return [
      `The baseline has ${spread.chunks} chunks, fewer than ${FEWEST_CHUNKS}: how much unchanged data varies is unknown, and sampling noise alone was taken for chance.`,
    ];
  if (!spread.shortened) return [];
  return [
    `The data spans more time than a tenth of the baseline: it was judged against the spread of chunks of ${spread.factor} ${baseline.spread.step === 3600 ? 'hours' : 'days'}, the longest that leaves ${FEWEST_CHUNKS}.`,
  ];
}

/** Parts of sorted rows differ however little anything changes. */
export function sortedNote({ columns, spread }: Pick<Baseline, 'columns' | 'spread'>): string[] {
  const sorted = sortedColumns(columns, spread);
  if (sorted.length === 0) return [];
  return [
    `The baseline has no time, and its rows are sorted by ${sorted.join(', ')}: its parts differ so much for it that changes do not show. Name its time, or shuffle its rows.`,
  ];
}

function inferredNote({ baseline, columns }: BatchToJudge): string[] {
  const inferred = columns.filter((column) => column.inferred).length;
  return baseline === null && inferred > 0 ? [`Role or type of ${inferred} of ${columns.length} columns was inferred from the data.`] : [];
}

function unreadableNote({ dataset: { files } }: BatchToJudge): string[] {
  const unreadable = files.filter((file) => file.error !== undefined).length;
  if (unreadable === 0) return [];
  const of = files.length === 1 ? 'The file' : `${unreadable} of ${files.length} files`;
  return [`${of} could not be read${unreadable < files.length ? '; the others were checked' : ''}.`];
}

/** Rows without a valid event time, where there is a column for it. */
function timelessNote({ byHour }: BatchToJudge, sides: Sides[]): string[] {
  const time = sides.find(({ column, current }) => column.role === 'time' && current !== null);
  const without = time === undefined ? 0 : time.current!.counts.rows - time.current!.tally.present;
  if (without === 0) return [];
  const [have, they] = without === 1 ? ['has', 'it is'] : ['have', 'they are'];
  return [
    `${plural(without, 'row')} ${have} no valid ${time!.column.name}${byHour ? `: ${they} filed under the hour the object arrived` : ''}.`,
  ];
}

/** Scores are counted by the baseline's bins. */
function scoreNote({ dataset, baseline, options: { hints } }: BatchToJudge): string[] {
  const scores = dataset.columns.filter(({ name }) => hints.get(name)?.role === 'score');
  const unknown = scores.filter(({ name }) => baseline !== null && !baseline.columns.some((column) => column.name === name));
  return unknown.map(({ name }) => `The baseline has no scores in ${name}: what is made of scores is not measured.`);
}

/** What the monitor names and neither the data nor the baseline has. */
function unknownNote({ dataset, columns, baseline, options: { named } }: BatchToJudge): string[] {
  const present = [...dataset.columns, ...columns, ...(baseline?.columns ?? [])].map(({ name }) => name);
  return named === undefined || present.length === 0 || dataset.rows === 0
    ? []
    : unknownNames(named, present).map((slip) => `The monitor names what is not there: ${slip}`);
}
