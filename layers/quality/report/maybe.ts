import type { ColumnView, FindingView, ReportView } from './view.ts';
import { CAUSE_WORDS } from './words.ts';

const OTHER_ANSWERS =
  'The inputs are as before and the model’s answers are not: look at its version, its threshold, and what is done to inputs before it sees them.';
const OTHER_OUTCOMES = 'The inputs and the model’s answers are as before: what they lead to changed, or how labels are made.';

/** What a finding may be: by its cause; of the model over all rows, and of its answers, also by whether an input moved. */
export function maybeOf({ finding }: FindingView, { columns, findings }: Pick<ReportView, 'columns' | 'findings'>): string | null {
  const inputs = columns.filter(({ column: { role } }) => role === 'feature' || role === 'segment');
  const answers = columns.filter(({ column: { role } }) => role === 'prediction' || role === 'score');
  const other = findings.some(({ finding: { cause } }) => cause === 'extra_column' || cause === 'missing_column');
  const held = [inputs, answers].every((some) => some.some(isLookedAt)) && !inputs.some(moved) && !other;
  const ofAnswers = finding.cause === 'shift' && answers.some(({ column }) => finding.columns.includes(column.name));
  if (!held || finding.segments.length > 0 || !(ofAnswers || finding.cause === 'performance_drop')) return CAUSE_WORDS[finding.cause];
  return answers.some(moved) ? OTHER_ANSWERS : OTHER_OUTCOMES;
}

const isLookedAt = ({ drift }: ColumnView): boolean => drift !== null && drift.check.verdict !== 'not_applicable';
const moved = ({ verdict }: ColumnView): boolean => verdict !== 'pass' && verdict !== 'not_applicable';
