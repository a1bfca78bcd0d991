import type { AlertMessage, ReportEvent } from '../contract/alerts.ts';
import type { Verdict } from '../contract/verdict.ts';

/** What is counted of a report, for charts and alarms. */
export interface ReportMeasures {
  monitor: string;
  kind: string;
  verdict: Verdict;
  failedChecks: number;
  objects: number;
  rows: number;
  /** When the object arrived; null where the report is of no single object. */
  arrived: Date | null;
  /** Newest event time of an object's rows; null where there is none, or the report is of a window. */
  newest: Date | null;
}

/** Who is told of reports. Passed in: AWS in notify/, nobody on the command line. */
export interface Notifier {
  /** Tells programs of a report. */
  event(detail: ReportEvent): Promise<void>;
  /** Tells people what they did not know. */
  message(monitor: string, message: AlertMessage): Promise<void>;
  measure(measures: ReportMeasures): void;
}
