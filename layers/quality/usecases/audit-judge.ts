import type { Monitor } from '../contract/monitor.ts';
import type { Report } from '../contract/report.ts';
import type { Dataset, RejectedLine } from '../dataset/open-dataset.ts';
import type { Baseline } from '../profile/baseline.ts';
import { EARLY } from './audit-early.ts';
import type { FoldedWindow } from './audit-fold.ts';
import { windowNotes } from './audit-notes.ts';
import type { WindowOutcomes } from './audit-outcomes.ts';
import type { Window } from './audit-parts.ts';
import { outcomesDigest } from './count-outcomes.ts';
import { asOf } from './freshness.ts';
import { type JudgeOptions, judgeBatch } from './judge-batch.ts';
import { judgeOptionsOf } from './monitors.ts';

export interface JudgedWindow {
  monitor: Monitor;
  baseline: Baseline | null;
  window: Window;
  folded: FoldedWindow;
  cutsId: string | null;
  outcomes: WindowOutcomes;
  rejectedLines: RejectedLine[];
  version: string;
  /** Whether nothing can be in it yet (see isEarly). */
  early: boolean;
}

/** The report of a window: what its merged profile and its records come to, against the baseline's chunks merged to its length. */
export function judgeWindow(request: JudgedWindow): Report {
  const { monitor, baseline, window, folded, outcomes } = request;
  const { columns, cuts, labels } = outcomes;
  const configured = judgeOptionsOf(monitor, request.version);
  const settings = request.early ? { ...configured.settings, row_count: 'off' as const } : configured.settings;
  const options = { ...configured, settings, labels, ...asOf(settings, window.to / 1000) };
  const report = judgeBatch({
    ...{ columns, cuts, baseline, outcomes, options, byHour: true },
    dataset: datasetOf(request),
    profile: folded.profile,
    window: { from: window.from / 1000, to: window.to / 1000 },
    notes: [...(request.early ? [EARLY] : []), ...windowNotes(folded, request.cutsId), ...outcomes.notes],
    identity: (notes) => identityOf(request, options, notes),
  });
  return { ...report, kind: 'window' };
}

/** The window's objects as the dataset that checks look at. */
const datasetOf = ({ folded, rejectedLines }: JudgedWindow): Dataset => ({
  files: folded.files,
  columns: folded.columns.map((name) => ({ name, physical: '' })),
  rows: folded.rows,
  rejected: folded.rejected,
  rejectedLines,
});

/** How labels were delivered decides nothing. */
const identityOf = ({ window, folded, outcomes, rejectedLines }: JudgedWindow, options: JudgeOptions, notes: string[]): unknown => ({
  ...{ kind: 'window', window, settings: options.settings, falseAlarmRate: options.falseAlarmRate, minimumRows: options.minimumRows },
  hints: [...options.hints].sort(),
  outcomes: options.outcomes,
  rows: folded.files.map(({ uri, rows, rejected }) => [uri, rows, rejected]),
  records: outcomes.read,
  counted: outcomes.counted === null ? null : outcomesDigest(outcomes.counted.outcomes),
  rejected: rejectedLines,
  notes,
});
