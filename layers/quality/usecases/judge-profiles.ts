import { constant } from '../checks/constant.ts';
import { type MeasureOptions, measureColumn } from '../checks/measure-columns.ts';
import { UNEVEN_LABELS } from '../checks/prediction-coverage.ts';
import { repeatedObjects } from '../checks/repeated-objects.ts';
import { repeats } from '../checks/repeats.ts';
import { bound, columnsPresent } from '../checks/table-checks.ts';
import { settingFor } from '../checks/thresholds.ts';
import { type Judged, judge, type Measured } from '../checks/verdict.ts';
import type { Column } from '../contract/columns.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { ColumnHints } from '../engine/infer-columns.ts';
import type { Cut } from '../engine/make-cuts.ts';
import type { Baseline } from '../profile/baseline.ts';
import { type ColumnCounts, presentOnly } from '../profile/column-counts.ts';
import { type ColumnSide, columnSide, outsideOf } from '../profile/column-side.ts';
import type { Profile } from '../profile/profile.ts';
import type { MergedSpread } from '../profile/spread.ts';
import { type BottomK, estimateDistinct } from '../states/bottom-k.ts';
import { comparedColumns } from './extra-columns.ts';

/** Both sides of one column. */
export interface Sides {
  column: Column;
  current: ColumnSide | null;
  baseline: ColumnSide | null;
}

export interface JudgeRequest {
  dataset: Dataset;
  columns: Column[];
  /** What flags and monitor say of columns. */
  hints: ColumnHints;
  cuts: Map<string, Cut>;
  /** Null where there were no rows to profile. */
  profile: Profile | null;
  baseline: Baseline | null;
  /** The baseline's chunks at the length that is judged; null without a baseline. */
  spread: MergedSpread | null;
  /** Checks of outcomes, judged together with all others. */
  outcomes: Measured[];
  /** A label that came for one prediction more often than for another: its values say nothing of those that did not come. */
  unevenLabel: string | null;
  options: MeasureOptions;
  falseAlarmRate: number;
  /** Whether a window will be judged later, and only data quality now. */
  dataQualityOnly: boolean;
}

const REJECTED = 0.005;

export function sidesOf({ columns, cuts, profile, baseline }: Pick<JudgeRequest, 'columns' | 'cuts' | 'profile' | 'baseline'>): Sides[] {
  const side = (of: Profile | null | undefined, name: string): ColumnSide | null => {
    const set = of?.columns.get(name);
    const cut = cuts.get(name);
    return set === undefined || cut === undefined ? null : columnSide(set, cut.context, cut.judged);
  };
  return columns
    .filter((column) => column.role !== 'ignored')
    .map((column) => {
      const [current, before] = [side(profile, column.name), side(baseline?.profile, column.name)];
      return { column, current: current && { ...current, ...(before?.extremes && { known: before.extremes }) }, baseline: before };
    });
}

/** Runs every check of a batch and gives each its verdict. */
export function judgeProfiles(request: JudgeRequest, sides: Sides[]): Judged[] {
  const { dataset, baseline, profile, spread, options } = request;
  const measured: Measured[] = [
    ...tableChecks(request),
    ...(baseline === null || dataset.columns.length === 0
      ? []
      : columnsPresent(expectedColumns(request.columns), comparedColumns(dataset, request.columns, request.hints), options)),
    ...(baseline === null || profile === null ? [] : sides.flatMap((of) => columnChecks(of, request, baseline, spread!))),
    ...request.outcomes,
  ];
  const kept = request.dataQualityOnly ? measured.filter(({ factor }) => factor === 'data_quality') : measured;
  return withoutLone(judge(kept, request.falseAlarmRate));
}

/** That labels are not missing in one place says nothing of accuracy where nothing else was judged: the factor then is not judged, as the report says. */
function withoutLone(judged: Judged[]): Judged[] {
  const aside = ({ id, verdict }: Judged): boolean => verdict === 'pass' && id.startsWith('label_coverage/');
  const spoken = judged.some((check) => check.factor === 'accuracy' && check.verdict !== 'not_applicable' && !aside(check));
  return spoken ? judged : judged.filter((check) => !aside(check));
}

/** With a baseline these are its columns, in the roles they have now. */
const expectedColumns = (columns: Column[]): Column[] => columns.filter(({ role }) => role !== 'ignored' && role !== 'label');

function tableChecks({ dataset, profile, baseline, options }: JudgeRequest): Measured[] {
  const lines = dataset.rows + dataset.rejected;
  const checks = [
    dataset.rows === 0 && isEmpty(dataset, options)
      ? { ...emptyTable, settled: { verdict: 'fail' as const, reason: 'there are no rows' } }
      : bound('row_count', 'row_count', dataset.rows, null, options),
    bound('rejected', 'rejected_share', lines === 0 ? 0 : dataset.rejected / lines, REJECTED, options),
    repeatedObjects(dataset.files, options),
  ];
  if (profile !== null && baseline !== null) {
    const sides = {
      current: { rows: profile.rows, sketch: profile.table.distinct as BottomK },
      baseline: { rows: baseline.profile.rows, sketch: baseline.profile.table.distinct as BottomK },
      growth: profile.rows / baseline.profile.rows,
    };
    checks.push(repeats('duplicate_rows', 'duplicate_row_count', null, sides, options));
  }
  return checks.filter((check) => check !== null);
}

/** Nothing could be read because nothing was there: of a window without objects that may be expected, and switched off. */
const isEmpty = ({ files }: Dataset, { settings }: MeasureOptions): boolean =>
  files.length === 0 ? settingFor(settings, 'row_count') !== 'off' : files.some((file) => file.error === undefined);

const emptyTable: Measured = {
  id: 'row_count',
  column: null,
  metric: 'row_count',
  factor: 'data_quality',
  threshold: null,
  bounds: 'value',
  measurement: null,
};

function columnChecks(
  { column, current, baseline: before }: Sides,
  { options, unevenLabel }: JudgeRequest,
  baseline: Baseline,
  spread: MergedSpread,
): Measured[] {
  if (current === null || before === null) return [];
  const checks = measureColumn(
    {
      column,
      ...labelledOnly(column, { current: current.counts, baseline: before.counts, chunks: spread.columns.get(column.name) ?? [] }),
      outside: column.role === 'id' ? null : outsideOf(current),
      outsideBefore: outsideOf(before) ?? 0,
    },
    options,
  ).map((check) => (column.name === unevenLabel && check.id.startsWith('drift/') ? notAlike(check) : check));
  if (column.role === 'id') {
    const occurrences = ({ tally, distinct }: ColumnSide) => ({ rows: tally.present, sketch: distinct! });
    const sides = { current: occurrences(current), baseline: occurrences(before), growth: current.counts.rows / baseline.profile.rows };
    checks.push(...[repeats(`uniqueness/${column.name}`, 'uniqueness', column.name, sides, options)].filter((check) => check !== null));
  } else if (current.distinct && before.distinct) {
    const distinct = ({ distinct }: ColumnSide): number => estimateDistinct(distinct!).distinct;
    const sides = {
      now: { distinct: distinct(current), present: current.tally.present, counts: current.counts },
      before: { distinct: distinct(before), topShare: topShare(before), counts: before.counts },
      chunks: spread.columns.get(column.name) ?? [],
    };
    const check = constant(column, sides, options);
    if (check !== null) checks.push(check);
  }
  return checks;
}

const notAlike = (check: Measured): Measured => ({ ...check, settled: { verdict: 'not_applicable', reason: UNEVEN_LABELS } });

type Counted = Record<'current' | 'baseline', ColumnCounts> & { chunks: ColumnCounts[] };

/** Labels come later: that some are missing is no fault of the column, and `label_coverage` looks at it. */
function labelledOnly({ role }: Column, { current, baseline, chunks }: Counted): Counted {
  if (role !== 'label') return { current, baseline, chunks };
  return { current: presentOnly(current), baseline: presentOnly(baseline), chunks: chunks.map(presentOnly) };
}

/** Share of the most frequent value, at least. */
function topShare({ distinct, tally, categories }: ColumnSide): number {
  if (tally.present === 0) return 1;
  if (categories !== undefined) return Math.max(0, ...categories.known) / tally.present;
  let most = 0;
  if (distinct !== undefined) for (const count of distinct.counts) most = Math.max(most, count);
  return most / tally.present;
}
