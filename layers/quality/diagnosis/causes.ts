import { messageOf } from '../checks/words.ts';
import { FEWEST_SHOWN } from '../contract/columns.ts';
import { formatNumber, formatShare } from '../contract/format.ts';
import type { Cause } from '../contract/report.ts';
import { binnedQuantile } from '../metrics/data_quality/index.ts';
import { type ColumnSide, outsideOf } from '../profile/column-side.ts';
import { estimateDistinct } from '../states/bottom-k.ts';
import { shownUnknown } from '../states/categories.ts';
import { coarser } from './coarser.ts';
import { type ColumnCase, has } from './evidence.ts';

export interface Diagnosis {
  cause: Cause;
  title: string;
  why?: string;
}

/** Tries one explanation; null where it does not fit. */
type Explanation = (of: ColumnCase) => Diagnosis | null;

const share = (count: number, side: ColumnSide): number => (side.counts.rows === 0 ? 0 : count / side.counts.rows);

const missingColumn: Explanation = (of) =>
  has(of, 'missing_column') ? { cause: 'missing_column', title: `${of.name}: the column is missing` } : null;
const extraColumn: Explanation = (of) =>
  has(of, 'extra_column') ? { cause: 'extra_column', title: `${of.name}: a column the baseline does not have` } : null;

const typeChange: Explanation = (of) => {
  if (!has(of, 'type') || of.current === null) return null;
  const { misfit, fractional } = of.current.counts;
  const unfit = misfit + (of.column?.type === 'integer' ? fractional : 0);
  return {
    cause: 'type_change',
    title: `${of.name}: ${formatShare(share(unfit, of.current))} of the values are no ${of.column?.type ?? 'value of the expected type'}`,
  };
};

const nullSurge: Explanation = (of) => {
  if (!(has(of, 'missing_rate') || has(of, 'completeness')) || of.current === null || of.baseline === null) return null;
  const now = share(of.current.counts.missing, of.current);
  const before = share(of.baseline.counts.missing, of.baseline);
  return {
    cause: 'null_surge',
    title:
      now === 1
        ? `${of.name}: all values are missing, up from ${formatShare(before)}`
        : `${of.name}: ${formatShare(now)} missing, up from ${formatShare(before)}`,
  };
};

const stuck: Explanation = (of) => {
  if (!has(of, 'constant') || of.baseline === null) return null;
  const { distinct, exact } = estimateDistinct(of.baseline.distinct!);
  const count = `${exact ? '' : 'about '}${formatNumber(Math.round(Math.min(distinct, of.baseline.tally.present)))}`;
  return { cause: 'constant', title: `${of.name}: all values are the same; the baseline has ${count} different ones` };
};

/** Mean and spread larger by the same factor: the same distribution in another unit. */
const unitChange: Explanation = (of) => {
  const now = of.current?.moments;
  const before = of.baseline?.moments;
  if (!(has(of, 'drift') || has(of, 'range')) || !now || !before || now.count < 10 || before.m2 === 0 || now.m2 === 0 || before.mean === 0)
    return null;
  const byMean = now.mean / before.mean;
  const bySpread = Math.sqrt(now.m2 / now.count / (before.m2 / before.count));
  const factor = Math.abs(byMean - bySpread) < 0.25 * bySpread ? byMean : factorOfQuantiles(of.current!, of.baseline!);
  if (!(factor > 1.8 || factor < 1 / 1.8)) return null;
  const times = nearRound(factor > 1 ? factor : 1 / factor);
  return {
    cause: 'unit_change',
    title: `${of.name} is about ${formatNumber(times)} times ${factor > 1 ? 'larger' : 'smaller'} than in the baseline: a unit change?`,
  };
};

/** The factor that the lower quantiles and the distance between them changed by, where it is about the same: heavy tails have no mean to go by. */
function factorOfQuantiles(now: ColumnSide, before: ColumnSide): number {
  const at = ({ context, cuts, extremes }: ColumnSide, p: number): number =>
    binnedQuantile(context.edges!, cuts!.counts, extremes!.minimum, extremes!.maximum, p).value ?? Number.NaN;
  const [low, middle, high] = [0.1, 0.25, 0.5].map((p) => at(now, p) / at(before, p)) as [number, number, number];
  const between = (at(now, 0.5) - at(now, 0.1)) / (at(before, 0.5) - at(before, 0.1));
  return [low, high, between].every((factor) => Math.abs(factor / middle - 1) < 0.3) ? middle : Number.NaN;
}

const ROUND = [10, 12, 24, 60, 100, 1000, 3600, 10_000, 100_000, 1_000_000];
const nearRound = (factor: number): number => ROUND.find((round) => Math.abs(factor / round - 1) < 0.12) ?? Number(factor.toPrecision(2));

const isOutput = ({ column }: ColumnCase): boolean => column !== null && ['score', 'prediction', 'label'].includes(column.role);

/** Further from the range than the range is wide: what a model gives at its limit is near, and no code. */
const isFar = (value: number, edges: Float64Array): boolean => {
  const [low, high] = [edges[0]!, edges.at(-1)!];
  return value < low - (high - low) || value > high + (high - low);
};

/** One value far outside the range, many times: a code for "unknown". */
const sentinel: Explanation = (of) => {
  const { cuts, extremes } = of.current ?? {};
  if (!has(of, 'range') || cuts === undefined || extremes === undefined) return null;
  const last = cuts.counts.length - 1;
  const sides = [
    { count: cuts.counts[0]!, sum: cuts.outer[0], value: extremes.minimum },
    { count: cuts.counts[last]!, sum: cuts.outer[1], value: extremes.maximum },
  ].sort((a, b) => b.count - a.count);
  const { count, sum, value } = sides[0]!;
  if (count < FEWEST_SHOWN || Math.abs(sum / count - value) > 1e-9 * Math.abs(value)) return null;
  if (isOutput(of) && !isFar(value, of.current!.context.edges!)) return null;
  return {
    cause: 'sentinel',
    title: `${of.name}: ${formatShare(share(count, of.current!))} of the values are ${formatNumber(value)}, outside the baseline's range: a code for "unknown"?`,
  };
};

/** The values within the range moved as well: it is not that some lie outside, all of them shifted. */
function allMoved({ current, baseline }: ColumnCase): boolean {
  const now = current?.moments;
  const before = baseline?.moments;
  if (!now || !before || current?.cuts === undefined) return false;
  const { counts, outer } = current.cuts;
  const within = now.count - counts[0]! - counts.at(-1)!;
  const mean = (now.mean * now.count - outer[0] - outer[1]) / within;
  const moved = (mean - before.mean) / Math.sqrt(before.m2 / before.count);
  return within > 0 && Math.abs(moved) > 0.1 && Math.sign(moved) === Math.sign(counts.at(-1)! - counts[0]!);
}

const outOfRange: Explanation = (of) => {
  if (!has(of, 'range')) return null;
  if (allMoved(of)) return shift(of);
  const outside = outsideOf(of.current!)!;
  const { minimum, maximum } = of.baseline!.extremes!;
  return {
    cause: 'out_of_range',
    title: `${of.name}: ${formatShare(share(outside, of.current!))} of the values are outside the baseline's ${formatNumber(minimum)} to ${formatNumber(maximum)}`,
  };
};

const infinities: Explanation = (of) =>
  has(of, 'infinite')
    ? { cause: 'infinite', title: `${of.name}: ${formatShare(share(of.current!.counts.infinite, of.current!))} of the values are infinite` }
    : null;
const blanks: Explanation = (of) => {
  if (!has(of, 'blank')) return null;
  const before = share(of.baseline!.counts.blank, of.baseline!);
  return {
    cause: 'blanks',
    title: `${of.name}: ${formatShare(share(of.current!.counts.blank, of.current!))} of the values are blank, up from ${formatShare(before)}`,
  };
};
const duplicated: Explanation = (of) => {
  const again = of.checks.find(({ id }) => id === 'repeated_object');
  if (again !== undefined) return { cause: 'duplicates', title: again.settled!.reason };
  const check = of.checks.find(({ id }) => id.startsWith('uniqueness/') || id === 'duplicate_rows');
  if (check === undefined) return null;
  const rows = check.id === 'duplicate_rows';
  return {
    cause: 'duplicates',
    title: `${rows ? 'rows' : of.name}: ${formatShare(check.measurement!.value)} ${rows ? 'of the rows repeat another' : 'of the values repeat another'}, up from ${formatShare(check.measurement!.expected)}`,
  };
};

/** A category of the baseline is gone and about as much of another is new. */
const renamed: Explanation = (of) => {
  const now = of.current?.categories;
  const before = of.baseline?.categories;
  if (!(has(of, 'categories') || has(of, 'drift')) || !now || !before || !of.showValues) return null;
  const names = of.current!.context.categories!;
  const [to, added] = shownUnknown(now)[0] ?? ['', 0];
  if (added < FEWEST_SHOWN) return null;
  const gained = share(added, of.current!);
  const lost = names.map((name, i) => ({ name, before: share(before.known[i]!, of.baseline!), now: share(now.known[i]!, of.current!) }));
  const gone = lost
    .filter((entry) => entry.now < 0.1 * entry.before && Math.abs(entry.before - gained) < 0.5 * gained)
    .sort((a, b) => Math.abs(a.before - gained) - Math.abs(b.before - gained))[0];
  if (gone === undefined) return null;
  return {
    cause: 'category_renamed',
    title: `${of.name}: '${gone.name}' (${formatShare(gone.before)} of the baseline) is gone and '${to}' is new (${formatShare(gained)}): renamed?`,
  };
};

const newCategory: Explanation = (of) => {
  const now = of.current?.categories;
  if (!has(of, 'categories') || now === undefined) return null;
  const shown = of.showValues ? shownUnknown(now).slice(0, 3) : [];
  const names = shown.map(([name]) => `'${name}'`).join(', ');
  return {
    cause: 'category_new',
    title: `${of.name}: ${formatShare(share(now.others, of.current!))} of the values are not among the baseline's categories${names === '' ? '' : `: ${names}`}`,
  };
};

/** Of what the model answers it is said where it moved. */
const shift: Explanation = (of) => {
  const diagnosis = shifted(of);
  const answer = of.column?.role === 'prediction' || of.column?.role === 'score';
  return diagnosis !== null && answer && of.where ? { ...diagnosis, why: of.where } : diagnosis;
};

const shifted: Explanation = (of) => {
  if (!has(of, 'drift') && !has(of, 'range')) return null;
  const now = of.current?.moments;
  const before = of.baseline?.moments;
  if (now && before && now.count > 0 && before.m2 > 0) {
    const sd = Math.sqrt(before.m2 / before.count);
    if (Math.abs(now.mean - before.mean) > 0.1 * sd)
      return {
        cause: 'shift',
        title: `${of.name} drifted towards ${now.mean > before.mean ? 'larger' : 'smaller'} values (mean ${formatNumber(before.mean)} → ${formatNumber(now.mean)})`,
      };
    return { cause: 'shift', title: `${of.name} drifted: the values spread differently about the same mean (${formatNumber(now.mean)})` };
  }
  return { cause: 'shift', title: `${of.name} drifted${largestMove(of)}` };
};

function largestMove(of: ColumnCase): string {
  const now = of.current?.categories;
  const before = of.baseline?.categories;
  if (!now || !before || !of.showValues) return '';
  // Labels that have not come are no move: drift is of those there are.
  const isLabel = of.column?.role === 'label';
  const shareIn = (count: number, side: ColumnSide): number =>
    isLabel ? count / Math.max(1, side.counts.rows - side.counts.missing) : share(count, side);
  const moves = of.current!.context.categories!.map((name, i) => ({
    name,
    before: shareIn(before.known[i]!, of.baseline!),
    now: shareIn(now.known[i]!, of.current!),
  }));
  const top = moves.sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))[0];
  return top === undefined ? '' : `: '${top.name}' ${formatShare(top.before)} → ${formatShare(top.now)}${isLabel ? ' of the labels' : ''}`;
}

/** Findings about outcomes speak in the words of their worst check; the checks' subject says what it is. */
const ofOutcomes =
  (cause: Cause, ...checks: string[]): Explanation =>
  (of) => {
    const worst = of.checks.find(({ id }) => checks.some((check) => id.startsWith(`${check}/`)));
    if (worst === undefined) return null;
    const why = worst.why?.() ?? null;
    return { cause, title: messageOf(worst), ...(why !== null && { why }) };
  };

/** The first that fits explains the finding. */
const EXPLANATIONS: readonly Explanation[] = [
  missingColumn,
  extraColumn,
  stuck,
  typeChange,
  nullSurge,
  infinities,
  blanks,
  renamed,
  newCategory,
  coarser,
  sentinel,
  unitChange,
  outOfRange,
  duplicated,
  shift,
  ofOutcomes('performance_drop', 'performance'),
  ofOutcomes('estimated_drop', 'estimated_performance'),
  ofOutcomes('missing_labels', 'label_coverage'),
  ofOutcomes('disparity', 'four_fifths', 'fairness_gap'),
];

export function diagnose(of: ColumnCase): Diagnosis {
  for (const explain of EXPLANATIONS) {
    const diagnosis = explain(of);
    if (diagnosis !== null) return diagnosis;
  }
  return { cause: 'unknown', title: messageOf(of.checks[0]!) };
}
