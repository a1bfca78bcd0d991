import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Applicant, FEATURES } from '../../examples/credit-risk/applicant.ts';
import { BASELINE_START, CONCEPT_DRIFT, JUDGED_DAY, judgedHour, makeBaseline, makeHours } from '../../examples/credit-risk/data.ts';
import { LABELS_PREFIX, makeLabels, SELDOM_REPORTED } from '../../examples/credit-risk/labels.ts';
import { score, THRESHOLD, trainedModel } from '../../examples/credit-risk/model.ts';
import { applicants } from '../../examples/credit-risk/population.ts';
import { Random } from '../../examples/credit-risk/random.ts';
import { shift } from '../../examples/credit-risk/trouble.ts';
import { monitorSchema } from '../../layers/quality/contract/monitor.ts';

const HOUR = 3_600_000;
const names: string[] = ['score', 'prediction', ...FEATURES];
const baseline = makeBaseline(1);
const hours = makeHours(1);
const labels = makeLabels(1);
const bytes = (files: { key: string; body: string }[]): string => files.map(({ key, body }) => key + body).join();

const rowsOf = (body: string): Record<string, string>[] =>
  body
    .trim()
    .split('\n')
    .map((line) => {
      const { captureData } = JSON.parse(line);
      const values = `${captureData.endpointOutput.data},${captureData.endpointInput.data}`.split(',');
      if (values.length !== names.length) throw new Error(`a record of ${values.length} values, not ${names.length}`);
      return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    });

const rows = hours.map(({ body }) => rowsOf(body));
const hourRows = (hour: number) => rows[hour]!;

interface ReferenceRow {
  score: number;
  prediction: number;
  region: string;
  sex: string;
  inference_time: string;
  defaulted: number;
}
const reference: ReferenceRow[] = baseline.flatMap(({ body }) =>
  body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ReferenceRow),
);

/** The share of approved women over that of approved men. */
const impactRatio = (rows: { sex?: string; prediction?: string | number }[]): number => {
  const approved = (sex: string): number => {
    const group = rows.filter((row) => row.sex === sex);
    return group.filter(({ prediction }) => Number(prediction) === 0).length / group.length;
  };
  return approved('F') / approved('M');
};

const groundTruth = labels.flatMap(({ body }) =>
  body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);

/** The judged day as captured, with the true outcome of each row and what was reported of it. */
const reported = new Map(groundTruth.map(({ eventMetadata, groundTruthData }) => [eventMetadata.eventId, groundTruthData.data]));
const day = hours.flatMap(({ hour }) => {
  const { calls, outcomes } = judgedHour(1, hour);
  return hourRows(hour).map((row, i) => ({
    hour,
    region: outcomes[i]!.applicant.region,
    right: row.prediction === (outcomes[i]!.defaulted ? '1' : '0'),
    defaulted: outcomes[i]!.defaulted,
    reported: reported.get(calls[i]!.inferenceId) ?? null,
  }));
});
const rate = <T>(rows: T[], test: (row: T) => boolean): number => rows.filter(test).length / rows.length;

const share = (rows: Record<string, string>[], test: (row: Record<string, string>) => boolean): number =>
  rows.filter(test).length / rows.length;
const mean = (rows: Record<string, string>[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0) / rows.length;

const auc = (pairs: { score: number; positive: boolean }[]): number => {
  const sorted = [...pairs].sort((a, b) => a.score - b.score);
  let ranks = 0;
  sorted.forEach(({ positive }, i) => {
    if (positive) ranks += i + 1;
  });
  const positives = pairs.filter(({ positive }) => positive).length;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (pairs.length - positives));
};

describe('the credit-risk example', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    expect(bytes(makeBaseline(1)) === bytes(baseline)).toBe(true);
    expect(bytes(makeHours(1)) === bytes(hours)).toBe(true);
    expect(bytes(makeLabels(1)) === bytes(labels)).toBe(true);
    expect(makeHours(2)[0]!.body).not.toBe(hours[0]!.body);
  }, 60_000);

  it('has a model that ranks well, and a plausible default rate', () => {
    const model = trainedModel(1, BASELINE_START);
    const rows = Array.from({ length: 48 }, (_, i) => applicants(9, JUDGED_DAY + i * HOUR, 200)).flat();
    const measured = auc(rows.map((row) => ({ score: score(model, row.applicant), positive: row.defaulted })));
    const rate = rows.filter((row) => row.defaulted).length / rows.length;
    expect(measured).toBeGreaterThan(0.7);
    expect(measured).toBeLessThan(0.9);
    expect(rate).toBeGreaterThan(0.08);
    expect(rate).toBeLessThan(0.25);
  });

  it('has a monitor that names the payload in its order', () => {
    const monitor = monitorSchema.parse(
      JSON.parse(readFileSync(new URL('../../examples/credit-risk/monitor.json', import.meta.url), 'utf8')),
    );
    expect(monitor.input?.names).toEqual(names);
    expect(monitor.decisionThreshold).toBe(THRESHOLD);
    for (const name of names) expect(monitor.columns).toHaveProperty(name);
    const prefix = monitor.input!.location!.replace('s3://assay/', '');
    for (const { key } of hours) expect(key.startsWith(prefix)).toBe(true);
    expect(monitor.labels).toEqual({ location: `s3://assay/${LABELS_PREFIX}/`, delay: 'P1D' });
    expect(Object.keys(JSON.parse(baseline[0]!.body.split('\n')[0]!))).toEqual([
      ...names,
      'inference_id',
      'event_id',
      'inference_time',
      'defaulted',
    ]);
    expect(Object.keys(monitor.columns!).sort()).toEqual([...names, 'inference_id', 'event_id', 'inference_time', 'defaulted'].sort());
  });

  it('writes capture records as the endpoint does', () => {
    const { key, body } = hours[3]!;
    expect(key).toMatch(/^capture\/credit-risk-prod\/AllTraffic\/2026\/07\/01\/03\/\d\d-\d\d-\d{3}-[0-9a-f-]{36}\.jsonl$/);
    const records = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(records.map((record) => record.eventMetadata.eventId)).size).toBe(records.length);
    expect(new Set(records.map((record) => record.eventMetadata.inferenceId)).size).toBe(records.length);
    for (const { eventMetadata, eventVersion, captureData } of records) {
      expect(eventVersion).toBe('0');
      expect(eventMetadata.inferenceTime).toMatch(/^2026-07-01T03:\d\d:\d\dZ$/);
      expect(captureData.endpointInput).toMatchObject({ mode: 'INPUT', encoding: 'CSV', observedContentType: 'text/csv' });
      expect(captureData.endpointOutput.data).toMatch(/^[01]\.\d{6},[01]$/);
    }
  });

  it('has a baseline over every hour of the week', () => {
    expect(new Set(reference.map((row) => row.inference_time.slice(0, 13))).size).toBe(720);
    expect(reference.length).toBeGreaterThan(55_000);
    expect(reference.length).toBeLessThan(65_000);
  });

  it('has a baseline whose scores rank its outcomes and are about as high as they should be', () => {
    const measured = auc(reference.map(({ score, defaulted }) => ({ score, positive: defaulted === 1 })));
    expect(measured).toBeGreaterThan(0.75);
    expect(measured).toBeLessThan(0.85);
    for (const [low, high] of [
      [0, 0.05],
      [0.05, 0.1],
      [0.1, 0.2],
      [0.2, 0.3],
      [0.3, 0.5],
      [0.5, 1],
    ] as const) {
      const rows = reference.filter(({ score }) => score >= low && score < high);
      const promised = rows.reduce((sum, { score }) => sum + score, 0) / rows.length;
      const came = rate(rows, ({ defaulted }) => defaulted === 1);
      expect(Math.abs(came - promised), `scores from ${low} to ${high}`).toBeLessThan(0.04);
    }
  });

  it('has a baseline that favours neither women nor men', () => {
    expect(impactRatio(reference)).toBeGreaterThan(0.95);
    expect(impactRatio(reference)).toBeLessThan(1.05);
  });

  it('plants six troubles, each in its column', () => {
    expect(hours.filter(({ trouble }) => trouble)).toHaveLength(6);
    for (const { rows } of hours) expect(rows >= 800 && rows <= 1200).toBe(true);
    expect(share(hourRows(4), (row) => row.income === '')).toBeLessThan(0.05);
    expect(share(hourRows(5), (row) => row.income === '')).toBeCloseTo(0.33, 1);
    expect(mean(hourRows(9), 'debt_ratio') / mean(hourRows(8), 'debt_ratio')).toBeCloseTo(100, -1.3);
    expect(share(hourRows(13), (row) => row.channel === 'WEB')).toBeGreaterThan(0.4);
    expect(share(hourRows(13), (row) => row.channel === 'web')).toBe(0);
    expect(mean(hourRows(17), 'age')).toBeLessThan(mean(hourRows(16), 'age') - 4);
    expect(share(hourRows(21), (row) => row.employment_years === '-999')).toBeCloseTo(0.04, 1);
  });

  it('plants a gap between women and men in one hour, in which as many are approved as in others', () => {
    const ratios = rows.map(impactRatio);
    expect(ratios[15]).toBeGreaterThan(0.55);
    expect(ratios[15]).toBeLessThan(0.7);
    hours.forEach(({ trouble }, hour) => {
      if (trouble === null) expect(ratios[hour], `hour ${hour}`).toBeGreaterThan(0.85);
    });
    const declined = (hour: number) => share(hourRows(hour), (row) => row.prediction === '1');
    expect(declined(15)).toBeCloseTo(declined(14), 1);
  });

  it('reports outcomes as SageMaker keeps ground truth, each of a captured request and true', () => {
    const truth = new Map(
      hours.flatMap(({ hour }) => {
        const { calls, outcomes } = judgedHour(1, hour);
        return calls.map(({ inferenceId }, i) => [inferenceId, outcomes[i]!.defaulted ? '1' : '0'] as const);
      }),
    );
    for (const { eventMetadata, groundTruthData, eventVersion } of groundTruth) {
      expect(eventVersion).toBe('0');
      expect(groundTruthData).toEqual({ data: truth.get(eventMetadata.eventId), encoding: 'CSV' });
    }
    const captured = hours.flatMap(({ body }) =>
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).eventMetadata.inferenceId),
    );
    expect(captured).toEqual([...truth.keys()]);
  });

  it('reports outcomes late, in no order, and some of them twice', () => {
    expect(labels).toHaveLength(8);
    const written = labels.map(({ key }) => {
      const [, y, m, d, h, minutes, seconds] = /^labels\/credit-risk\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/(\d\d)(\d\d)\.jsonl$/.exec(key)!;
      return Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(minutes), Number(seconds));
    });
    expect(Math.max(...written)).toBeLessThan(JUDGED_DAY + 48 * HOUR);
    const hoursOf = (body: string) => [...body.matchAll(/app-\d{8}(\d\d)-/g)].map(([, hour]) => Number(hour));
    labels.forEach(({ body }, i) => {
      const seen = hoursOf(body);
      expect(JUDGED_DAY + Math.max(...seen) * HOUR).toBeLessThan(written[i]!);
      expect(seen).not.toEqual([...seen].sort((a, b) => a - b));
    });
    const twice = groundTruth.length - reported.size;
    expect(twice / reported.size).toBeGreaterThan(0.02);
    expect(twice / reported.size).toBeLessThan(0.04);
  });

  it('leaves out labels everywhere, and many in one region', () => {
    const labelled = (test: (region: string | null) => boolean) =>
      rate(
        day.filter(({ region }) => test(region)),
        (row) => row.reported !== null,
      );
    expect(labelled((region) => region !== SELDOM_REPORTED.region)).toBeCloseTo(0.92, 1);
    expect(labelled((region) => region === SELDOM_REPORTED.region)).toBeCloseTo(1 - SELDOM_REPORTED.unreported, 1);
  });

  it('changes the law of the outcome in one region for the last eight hours, and nothing else', () => {
    const from = (CONCEPT_DRIFT.from - JUDGED_DAY) / HOUR;
    expect(from).toBe(16);
    const calm = day.filter(({ hour }) => hours[hour]!.trouble === null);
    const right = (late: boolean, there: boolean) =>
      rate(
        calm.filter(({ hour, region }) => hour >= from === late && (region === CONCEPT_DRIFT.region) === there),
        (row) => row.right,
      );
    expect(right(true, true)).toBeLessThan(right(false, true) - 0.2);
    expect(Math.abs(right(true, false) - right(false, false))).toBeLessThan(0.03);
  });

  it('shifts a column by its own deviations', () => {
    const rows = applicants(3, JUDGED_DAY, 2000).map((row) => row.applicant);
    const average = (batch: Applicant[]) => batch.reduce((sum, row) => sum + row.age!, 0) / batch.length;
    const moved = shift('age', -0.5)(rows, new Random(1));
    expect(average(moved)).toBeLessThan(average(rows) - 4);
    expect(moved.every((row) => Number.isInteger(row.age))).toBe(true);
  });
});
