import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Applicant, FEATURES } from '../../examples/credit-risk/applicant.ts';
import { BASELINE_START, JUDGED_DAY, makeBaseline, makeHours } from '../../examples/credit-risk/data.ts';
import { score, THRESHOLD, trainedModel } from '../../examples/credit-risk/model.ts';
import { applicants } from '../../examples/credit-risk/population.ts';
import { Random } from '../../examples/credit-risk/random.ts';
import { shift } from '../../examples/credit-risk/trouble.ts';
import { monitorSchema } from '../../layers/quality/contract/monitor.ts';

const HOUR = 3_600_000;
const names: string[] = ['score', 'prediction', ...FEATURES];
const baseline = makeBaseline(1);
const hours = makeHours(1);
const bytes = (files: { key: string; body: string }[]): string => files.map(({ key, body }) => key + body).join();

const rowsOf = (body: string): Record<string, string>[] =>
  body
    .trim()
    .split('\n')
    .map((line) => {
      const { captureData } = JSON.parse(line);
      const values = `${captureData.endpointOutput.data},${captureData.endpointInput.data}`.split(',');
      expect(values).toHaveLength(names.length);
      return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    });

const share = (rows: Record<string, string>[], test: (row: Record<string, string>) => boolean): number =>
  rows.filter(test).length / rows.length;
const mean = (rows: Record<string, string>[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0) / rows.length;
const hourRows = (hour: number) => rowsOf(hours[hour]!.body);

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
    expect(makeHours(2)[0]!.body).not.toBe(hours[0]!.body);
  }, 30_000);

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
    const lines = baseline.flatMap(({ body }) => body.trim().split('\n'));
    const seen = new Set(lines.map((line) => /"inferenceTime":"([^:]+)/.exec(line)![1]));
    expect(seen.size).toBe(720);
    expect(lines.length).toBeGreaterThan(55_000);
    expect(lines.length).toBeLessThan(65_000);
  });

  it('plants five troubles, each in its column', () => {
    expect(hours.filter(({ trouble }) => trouble)).toHaveLength(5);
    for (const { rows } of hours) expect(rows >= 800 && rows <= 1200).toBe(true);
    expect(share(hourRows(4), (row) => row.income === '')).toBeLessThan(0.05);
    expect(share(hourRows(5), (row) => row.income === '')).toBeCloseTo(0.33, 1);
    expect(mean(hourRows(9), 'debt_ratio') / mean(hourRows(8), 'debt_ratio')).toBeCloseTo(100, -1.3);
    expect(share(hourRows(13), (row) => row.channel === 'WEB')).toBeGreaterThan(0.4);
    expect(share(hourRows(13), (row) => row.channel === 'web')).toBe(0);
    expect(mean(hourRows(17), 'age')).toBeLessThan(mean(hourRows(16), 'age') - 4);
    expect(share(hourRows(21), (row) => row.employment_years === '-999')).toBeCloseTo(0.04, 1);
  });

  it('shifts a column by its own deviations', () => {
    const rows = applicants(3, JUDGED_DAY, 2000).map((row) => row.applicant);
    const average = (batch: Applicant[]) => batch.reduce((sum, row) => sum + row.age!, 0) / batch.length;
    const moved = shift('age', -0.5)(rows, new Random(1));
    expect(average(moved)).toBeLessThan(average(rows) - 4);
    expect(moved.every((row) => Number.isInteger(row.age))).toBe(true);
  });
});
