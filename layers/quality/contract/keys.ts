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
  baseline: (monitor: string, id: string) => `monitors/${monitor}/baseline/${id}/`,
  currentBaseline: (monitor: string) => `monitors/${monitor}/baseline/current.json`,
  records: (monitor: string, hour: number, objectHash: string) => {
    const { yyyy, mm, dd, hh } = parts(hour);
    return `records/monitor=${monitor}/date=${yyyy}-${mm}-${dd}/hour=${hh}/${objectHash}.parquet`;
  },
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
};

/** Prefixes Assay itself writes: an object under one of them is never taken for new data. */
export const OWN_PREFIXES = ['records/', 'profiles/', 'reports/', 'metrics/', 'rejected/', 'alerts/'] as const;
