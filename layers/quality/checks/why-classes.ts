import { FEWEST_SHOWN } from '../contract/columns.ts';
import { formatShare } from '../contract/format.ts';
import { total } from '../math/total.ts';
import type { ConfusionMatrix } from '../metrics/accuracy/index.ts';
import type { Slice } from '../metrics/performance/index.ts';
import { explains } from './explains.ts';
import type { Worse } from './why-worse.ts';

interface Taken {
  label: number;
  prediction: number;
  /** Share of the rows, or of those with the label. */
  now: number;
  before: number;
}

/** What made the accuracy, or the recall of a class, of several worse: one class that is taken for another; of labels over scores what was promised and what came. */
export function whyClasses(worse: Worse): string | null {
  const { metric, parameters, now, before, classes } = worse;
  if (metric === 'observed_over_expected') return promisedAndCame(worse);
  const scaled = { ...now.matrix!, cells: Float64Array.from(now.matrix!.cells, (cell) => cell * now.scale) };
  const label = metric === 'recall' ? classes.indexOf(`${parameters?.class}`) : null;
  if (label === -1 || (metric !== 'recall' && metric !== 'accuracy')) return null;
  const moves = movesOf(scaled, before.matrix!, label);
  const [most] = [...moves].sort((a, b) => b.now - b.before - (a.now - a.before));
  // What fewer rows are taken for elsewhere makes no other reason smaller.
  const risen = moves.reduce((sum, move) => sum + Math.max(0, move.now - move.before), 0);
  if (most === undefined || !explains(most.now - most.before, risen)) return null;
  if (scaled.cells[most.label * scaled.classes + most.prediction]! < FEWEST_SHOWN) return null;
  const taken = `taken for ${classes[most.prediction]}`;
  return label === null
    ? `class ${classes[most.label]} is ${taken} in ${formatShare(most.now)} of the rows, was ${formatShare(most.before)}`
    : `${formatShare(most.now)} of it is ${taken}, was ${formatShare(most.before)}`;
}

/** "the scores promise 1.9 % of the rows and 2.7 % are of it, were 1.9 % and 1.9 %". */
function promisedAndCame({ parameters, now, before, classes }: Worse): string | null {
  const k = classes.indexOf(`${parameters?.class}`);
  const shares = ({ losses }: Slice): [promised: string, came: string] | null => {
    const promise = losses?.promises[k] ?? null;
    return promise && [formatShare(promise.expected / losses!.weight), formatShare(promise.observed / losses!.weight)];
  };
  const [is, was] = [shares(now), shares(before)];
  return is && was && `the scores promise ${is[0]} of the rows and ${is[1]} are of it, were ${was[0]} and ${was[1]}`;
}

/** Every class that is taken for another, or one label's alone. */
function movesOf(now: ConfusionMatrix, before: ConfusionMatrix, label: number | null): Taken[] {
  const { classes } = now;
  const [of, were] = [now, before].map((matrix) => totalOf(matrix, label)) as [number, number];
  return Array.from({ length: classes * classes }, (_, at) => ({
    ...{ label: Math.floor(at / classes), prediction: at % classes },
    ...{ now: now.cells[at]! / of, before: before.cells[at]! / were },
  })).filter((move) => move.label !== move.prediction && (label === null || move.label === label));
}

const totalOf = ({ classes, cells }: ConfusionMatrix, label: number | null): number =>
  total(label === null ? cells : Array.from(cells).slice(label * classes, (label + 1) * classes));
