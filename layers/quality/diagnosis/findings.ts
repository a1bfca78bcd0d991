import { excess, type Judged } from '../checks/verdict.ts';
import type { Finding } from '../contract/report.ts';
import { VERDICTS, type Verdict } from '../contract/verdict.ts';
import { diagnose } from './causes.ts';
import type { ColumnCase } from './evidence.ts';
import { isPartOfWhole } from './part-of-whole.ts';

/** How far a check is beyond its threshold, in thresholds; a check without numbers counts as one. */
export function relativeExcess({ measurement, threshold, bounds, verdict }: Judged): number {
  const limit = verdict === 'warn' ? threshold?.warn : (threshold?.fail ?? threshold?.warn);
  if (measurement === null || threshold === null || limit === null || limit === undefined) return 1;
  const beyond = excess(measurement, limit, threshold.direction, bounds);
  return measurement.severe ? Math.max(1, beyond / Math.abs(limit)) : Math.max(0, beyond / Math.max(1e-9, Math.abs(limit)));
}

export const failed = ({ verdict }: { verdict: Verdict }): boolean => VERDICTS.indexOf(verdict) >= VERDICTS.indexOf('warn');

const severity = (verdict: Verdict): number => VERDICTS.indexOf(verdict);

/** Of two equal findings the model's input comes before what the model made of it. */
const outputs = ({ column }: ColumnCase): number => (column !== null && (column.role === 'score' || column.role === 'prediction') ? 1 : 0);

/** What a rule of law forbids is said before how far apart rates are. */
const ruled = ({ id }: Judged): number => (id.startsWith('four_fifths/') ? 1 : 0);

/** How many checks say so, of groups and segments. */
const agreed = ({ column, checks }: ColumnCase): number => (column === null ? checks.length : 0);

/** One finding per column, or per table-wide check, worst first; a segment that fell as all rows did comes after them, however far chance let it fall. */
export function findingsOf(cases: ColumnCase[]): Finding[] {
  const found = cases.map((of, order) => {
    const checks = [...of.checks].sort(
      (a, b) => severity(b.verdict) - severity(a.verdict) || ruled(b) - ruled(a) || relativeExcess(b) - relativeExcess(a),
    );
    const worst = checks[0]!;
    return {
      of: { ...of, checks },
      worst,
      order,
      part: isPartOfWhole(of, cases),
      excess: Math.max(...checks.filter((check) => check.verdict === worst.verdict).map(relativeExcess)),
    };
  });
  found.sort(
    (a, b) =>
      severity(b.worst.verdict) - severity(a.worst.verdict) ||
      Number(a.part) - Number(b.part) ||
      b.excess - a.excess ||
      outputs(a.of) - outputs(b.of) ||
      agreed(b.of) - agreed(a.of) ||
      Number(b.worst.worseOff === true) - Number(a.worst.worseOff === true) ||
      a.order - b.order,
  );
  const total = found.reduce((sum, finding) => sum + finding.excess, 0);
  return found.map(({ of, worst, excess: own }): Finding => {
    const { cause, title, why } = diagnose(of);
    return {
      id:
        of.column === null && worst.column === null
          ? worst.subject === undefined
            ? worst.id
            : `${cause}/${worst.subject}`
          : `${cause}/${of.name}`,
      title,
      ...(why !== undefined && { why }),
      severity: worst.verdict,
      columns: worst.column === null ? [] : [of.name],
      segments: worst.segment == null ? [] : [worst.segment],
      since: null,
      share: total > 0 ? own / total : null,
      cause,
      checks: of.checks.map(({ id }) => id),
    };
  });
}
