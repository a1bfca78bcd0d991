import { digestOf } from '../contract/digest.ts';
import type { Cause, Finding } from '../contract/report.ts';

/** Causes that are no trouble of the column's own data: each is told of by itself. */
const OF_OUTCOMES: readonly Cause[] = ['performance_drop', 'estimated_drop', 'disparity', 'missing_labels'];
const UNREADABLE = 'readable';

/**
 * What a finding is about, whatever its cause: trouble of a column is one thing for people, also where it is a shift in one window and a surge of nulls
 * in the next. Objects that cannot be read are one thing as well.
 */
export function subjectOf({ id, cause, columns }: Pick<Finding, 'id' | 'cause' | 'columns'>): string {
  if (id.startsWith(`${UNREADABLE}/`)) return UNREADABLE;
  return columns.length === 1 && !OF_OUTCOMES.includes(cause) ? `column/${columns[0]}` : id;
}

/** Its name in keys and addresses. */
export const findingKey = (finding: Pick<Finding, 'id' | 'cause' | 'columns'>): string => digestOf(subjectOf(finding));
