import { type Call, type DataFile, HOUR } from './capture.ts';
import { JUDGED_DAY, judgedHour } from './data.ts';
import { Random } from './random.ts';

export const LABELS_PREFIX = 'labels/credit-risk';

/** An outcome is known 2 to 24 hours after the request, and reported every 6 hours. */
const SOONEST = 2 * HOUR;
const LATEST = 24 * HOUR;
const PERIOD = 6 * HOUR;
/** Reports until all is known: of the day itself and of the next. */
const REPORTS = 8;
/** Share of requests whose outcome is never reported: of all, and of one region where it often is not. */
const UNREPORTED = 0.08;
export const SELDOM_REPORTED = { region: 'coast', unreported: 0.4 } as const;
/** Share of outcomes that are reported twice. */
const REPEATED = 0.03;

/** Ground truth as SageMaker has it: the event id is the inference id where the request had one. */
const groundTruth = ({ inferenceId }: Call, defaulted: boolean): string =>
  JSON.stringify({
    groundTruthData: { data: defaulted ? '1' : '0', encoding: 'CSV' },
    eventMetadata: { eventId: inferenceId },
    eventVersion: '0',
  });

/** Written a minute before its period ends, in the folder of that hour. */
const labelsKey = (report: number): string => {
  const at = new Date(JUDGED_DAY + (report + 1) * PERIOD - 60_000).toISOString();
  return `${LABELS_PREFIX}/${at.slice(0, 13).replace(/[-T]/g, '/')}/${at.slice(14, 19).replace(':', '')}.jsonl`;
};

/** What became of the judged day's applicants, as it is learnt: in no order, some of it twice, some of it never, all of it within a day. */
export const makeLabels = (seed: number): DataFile[] => {
  const random = new Random(seed, JUDGED_DAY, 17);
  const reports: string[][] = Array.from({ length: REPORTS }, () => []);
  for (let hour = 0; hour < 24; hour++) {
    const { calls, outcomes } = judgedHour(seed, hour);
    calls.forEach((call, i) => {
      const { applicant, defaulted } = outcomes[i]!;
      const known = call.at + SOONEST + random.uniform() * (LATEST - SOONEST);
      const reported = !random.chance(applicant.region === SELDOM_REPORTED.region ? SELDOM_REPORTED.unreported : UNREPORTED);
      const again = random.chance(REPEATED);
      if (!reported) return;
      const report = Math.floor((known - JUDGED_DAY) / PERIOD);
      reports[report]!.push(groundTruth(call, defaulted));
      if (again) reports[Math.min(report + 1, REPORTS - 1)]!.push(groundTruth(call, defaulted));
    });
  }
  return reports.map((lines, report) => ({ key: labelsKey(report), body: `${random.shuffled(lines).join('\n')}\n` }));
};
