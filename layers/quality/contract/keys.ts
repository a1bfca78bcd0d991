/** The layout of the store: the one place where keys are made. Documented in docs/architecture.md. */
const pad = (value: number): string => String(value).padStart(2, '0');

/** Where something about one hour goes. `hour` is milliseconds since the epoch, UTC. */
const parts = (hour: number) => {
  const time = new Date(hour);
  return { yyyy: String(time.getUTCFullYear()), mm: pad(time.getUTCMonth() + 1), dd: pad(time.getUTCDate()), hh: pad(time.getUTCHours()) };
};

export const keys = {
  monitor: (monitor: string) => `monitors/${monitor}/monitor.json`,
  baselineInput: (monitor: string) => `monitors/${monitor}/baseline/input/`,
  /** Reference data of one deployment: it alone is the deployment's baseline. */
  deploymentInput: (monitor: string, deployment: string, name: string) =>
    `monitors/${monitor}/baseline/input/deployment=${deployment}/${name}`,
  /** Labels of the reference data in a folder, beside it. */
  referenceLabels: (folder: string) => `${folder}labels/`,
  baseline: (monitor: string, id: string) => `monitors/${monitor}/baseline/${id}/`,
  currentBaseline: (monitor: string) => `monitors/${monitor}/baseline/current.json`,
  records: (monitor: string, hour: number, objectHash: string) => {
    const { yyyy, mm, dd, hh } = parts(hour);
    return `records/monitor=${monitor}/date=${yyyy}-${mm}-${dd}/hour=${hh}/${objectHash}.parquet`;
  },
  profiles: (monitor: string) => `profiles/monitor=${monitor}/`,
  profile: (monitor: string, hour: number, objectHash: string) => {
    const { yyyy, mm, dd, hh } = parts(hour);
    return `profiles/monitor=${monitor}/date=${yyyy}-${mm}-${dd}/hour=${hh}/${objectHash}.json.gz`;
  },
  report: (monitor: string, hour: number, kind: string, id: string) => {
    const { yyyy, mm, dd, hh } = parts(hour);
    return `reports/${monitor}/${yyyy}/${mm}/${dd}/${hh}/${kind}-${id}/`;
  },
  metrics: (monitor: string, hour: number, reportId: string) => {
    const { yyyy, mm, dd } = parts(hour);
    return `metrics/monitor=${monitor}/date=${yyyy}-${mm}-${dd}/${reportId}.parquet`;
  },
  rejected: (monitor: string, objectHash: string) => `rejected/${monitor}/${objectHash}.jsonl`,
  /** Says that programs and people were told of a report; `folder` is the report's. */
  announced: (folder: string) => `${folder}announced.json`,
  /** Prefix of all that is kept of a monitor's alerts. */
  allAlerts: (monitor: string) => `alerts/${monitor}/`,
  /** What people know of a stream of reports, `object` or a length of windows as `1h`; and each message they were sent. */
  alerts: (monitor: string, stream: string) => `alerts/${monitor}/${stream}/current.json`,
  alertMessage: (monitor: string, stream: string, number: number) => `alerts/${monitor}/${stream}/${String(number).padStart(6, '0')}.json`,
  /** Prefix of the mutes of a monitor, and one of them. */
  mutes: (monitor: string) => `alerts/${monitor}/mutes/`,
  mute: (monitor: string, finding: string) => `alerts/${monitor}/mutes/${finding}.json`,
  /** Prefix of what became of the batches of a backfill. Step Functions puts the slash behind it. */
  backfill: (monitor: string, id: string) => `backfills/${monitor}/${id}`,
  /** A file of a run as Model Monitor lays it out; the hour is that of the run, when the window has ended. */
  modelMonitor: ({ endpoint, schedule }: { endpoint: string; schedule: string }, hour: number, name: string) => {
    const { yyyy, mm, dd, hh } = parts(hour);
    return `model-monitor/${endpoint}/${schedule}/${yyyy}/${mm}/${dd}/${hh}/${name}`;
  },
  /** Data that was uploaded to be checked, and is nobody's window. */
  upload: (monitor: string, id: string) => `uploads/${monitor}/${id}`,
  /** Prefix of all reports of a monitor. */
  reports: (monitor: string) => `reports/${monitor}/`,
  /** Prefix of the labels that came through the API, and one such object. */
  labels: (monitor: string) => `labels/${monitor}/`,
  labelsObject: (monitor: string, hash: string, extension: string) => `labels/${monitor}/${hash}.${extension}`,
  /** Prefix of the reports of a kind that begin in an hour. */
  reportsAt: (monitor: string, hour: number, kind: string) => keys.report(monitor, hour, kind, '').slice(0, -1),
  /** Prefix of all reports that begin on the day of an hour. */
  reportsOn: (monitor: string, hour: number) => {
    const { yyyy, mm, dd } = parts(hour);
    return `reports/${monitor}/${yyyy}/${mm}/${dd}/`;
  },
  /** Prefixes of what is filed by hour of event time, in [from, to): whole days as one. */
  hourPrefixes: (room: 'records' | 'profiles', monitor: string, from: number, to: number): string[] => {
    const prefixes: string[] = [];
    for (let hour = from; hour < to; ) {
      const { yyyy, mm, dd, hh } = parts(hour);
      const whole = hour % DAY === 0 && hour + DAY <= to;
      prefixes.push(`${room}/monitor=${monitor}/date=${yyyy}-${mm}-${dd}/${whole ? '' : `hour=${hh}/`}`);
      hour += whole ? DAY : HOUR;
    }
    return prefixes;
  },
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FILED = /\/date=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/([0-9a-f]+)\.[a-z.]+$/;

/** The hour and the object's hash of a key that is filed by hour; null for any other. */
export function filedUnder(key: string): { hour: number; hash: string } | null {
  const found = FILED.exec(key);
  return found === null ? null : { hour: Date.parse(`${found[1]}T${found[2]}:00:00Z`), hash: found[3]! };
}

/** Where reports are. */
export const REPORTS = 'reports/';

/** Prefixes Assay itself writes: an object under one of them is never taken for new data. */
export const OWN_PREFIXES = [
  'records/',
  'profiles/',
  REPORTS,
  'metrics/',
  'rejected/',
  'alerts/',
  'backfills/',
  'model-monitor/',
  'uploads/',
] as const;
