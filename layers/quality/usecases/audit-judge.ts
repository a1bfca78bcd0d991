import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { MetricRow, Report } from '../contract/report.ts';
import type { Dataset, RejectedLine } from '../dataset/open-dataset.ts';
import { metricRows } from '../metrics/registry.ts';
import type { Baseline } from '../profile/baseline.ts';
import { mergeSpread } from '../profile/spread.ts';
import { assembleReport } from './assemble-report.ts';
import type { FoldedWindow } from './audit-fold.ts';
import { windowNotes } from './audit-notes.ts';
import type { WindowOutcomes } from './audit-outcomes.ts';
import type { Window } from './audit-parts.ts';
import { type CheckOptions, notesOf, outcomesOf, timelessNote } from './check-batch.ts';
import { outcomesDigest } from './count-outcomes.ts';
import { judgeProfiles, sidesOf } from './judge-profiles.ts';
import { DEFAULT_FALSE_ALARM_RATE, DEFAULT_MINIMUM_ROWS, hintsOf, monitorOutcomes } from './monitors.ts';

export interface JudgedWindow {
  monitor: Monitor;
  baseline: Baseline | null;
  window: Window;
  folded: FoldedWindow;
  cutsId: string | null;
  outcomes: WindowOutcomes;
  rejectedLines: RejectedLine[];
  version: string;
}

/** The report of a window: what its merged profile and its records come to, against the baseline's chunks merged to its length. */
export function judgeWindow(request: JudgedWindow): Report {
  const { baseline, window, folded, outcomes } = request;
  const { columns, cuts } = outcomes;
  const dataset = datasetOf(request);
  const options = optionsOf(request);
  const { profile } = folded;
  const known = columns.filter((column) => column.role !== 'ignored' && cuts.has(column.name));
  const sides = sidesOf({ columns: known, cuts, profile, baseline });
  const metrics = metricRows({ dataset, profile, sides });
  const [from, to] = [window.from / 1000, window.to / 1000];
  const spread = baseline === null ? null : mergeSpread(baseline.spread, to - from);
  const measure = { settings: options.settings, minimumRows: options.minimumRows, metricValue: valueIn(metrics) };
  const judgedOutcomes = outcomesOf({ ...outcomes, cuts, dataset, baseline, options, measure, spread, sides });
  const { falseAlarmRate } = options;
  const judged = judgeProfiles(
    {
      ...{ dataset, columns, cuts, profile, baseline, spread, options: measure, falseAlarmRate, dataQualityOnly: false },
      outcomes: judgedOutcomes.judged?.measured ?? [],
    },
    sides,
  );
  const notes = [
    ...windowNotes(folded, request.cutsId),
    ...notesOf(dataset, baseline, spread, columns),
    ...timelessNote(sides, true),
    ...outcomes.notes,
    ...judgedOutcomes.notes,
  ];
  const report = assembleReport({
    ...{ monitor: request.monitor.monitor, dataset, columns, sides, baseline, judged, from, to, notes, falseAlarmRate },
    outcomes: judgedOutcomes.judged,
    metrics: [...metrics, ...(judgedOutcomes.judged?.metrics ?? [])],
    configuration: identityOf(request, options, notes),
    version: request.version,
  });
  return { ...report, kind: 'window' };
}

const valueIn =
  (metrics: MetricRow[]): MeasureOptions['metricValue'] =>
  (metric, column) => {
    const value = metrics.find((row) => row.metric === metric && row.column === column)?.value;
    return typeof value === 'number' ? value : null;
  };

/** The window's objects as the dataset that checks look at. */
const datasetOf = ({ folded, rejectedLines }: JudgedWindow): Dataset => ({
  files: folded.files,
  columns: folded.columns.map((name) => ({ name, physical: '' })),
  rows: folded.rows,
  rejected: folded.rejected,
  rejectedLines,
});

const optionsOf = ({ monitor, outcomes, version }: JudgedWindow): CheckOptions => ({
  monitor: monitor.monitor,
  hints: hintsOf(monitor),
  outcomes: monitorOutcomes(monitor),
  labels: outcomes.labels,
  settings: monitor.checks ?? {},
  falseAlarmRate: monitor.falseAlarmRate ?? DEFAULT_FALSE_ALARM_RATE,
  minimumRows: monitor.minimumRows ?? DEFAULT_MINIMUM_ROWS,
  dataQualityOnly: false,
  version,
});

/** All that decides the report besides objects, baseline and versions; how labels were delivered does not. */
const identityOf = ({ window, folded, outcomes, rejectedLines }: JudgedWindow, options: CheckOptions, notes: string[]): unknown => ({
  ...{ kind: 'window', window, settings: options.settings, falseAlarmRate: options.falseAlarmRate, minimumRows: options.minimumRows },
  hints: [...options.hints].sort(),
  outcomes: options.outcomes,
  rows: folded.files.map(({ uri, rows, rejected }) => [uri, rows, rejected]),
  records: outcomes.read,
  counted: outcomes.counted === null ? null : outcomesDigest(outcomes.counted.outcomes),
  rejected: rejectedLines,
  notes,
});
