/** One metric as Model Monitor names it: a number, or a set of statistics. */
export interface ModelMonitorMetric {
  name: string;
  value: number | { count: number; sum: number; minimum: number; maximum: number };
  /** Besides those of its endpoint and schedule. */
  dimensions?: Readonly<Record<string, string>>;
}

/** CloudWatch takes printable ASCII, up to 255 characters of a name. */
const NAME = /^[\x21-\x7e][\x20-\x7e]{0,254}$/;
/** Up to 1,024 of a dimension's value, of which the first is no colon. */
const DIMENSION = /^(?!:)(?=.*[\x21-\x7e])[\x20-\x7e]{1,1024}$/;

/** Whether CloudWatch takes what a metric is called by; names come from columns and values of them. */
export const isTaken = ({ name, dimensions = {} }: ModelMonitorMetric): boolean =>
  NAME.test(name) && Object.values(dimensions).every((value) => DIMENSION.test(value));
