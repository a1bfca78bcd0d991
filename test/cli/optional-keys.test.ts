import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../layers/quality/contract/report.ts';
import { terminal, text } from './run.ts';

const { assay, path, write } = terminal();

/** Lines of requests, every `gap`th with a coupon; none at 0. */
const lines = (rows: number, gap: number, more: object = {}): string =>
  text(
    Array.from({ length: rows }, (_, i) =>
      JSON.stringify({ amount: (i * 37) % 101, ...(gap > 0 && i % gap === 0 && { coupon: `c${(i / gap) % 3}` }), ...more }),
    ),
  );

const capture = (rows: number, gap: number): string =>
  text(
    lines(rows, gap)
      .trim()
      .split('\n')
      .map((data, i) =>
        JSON.stringify({
          captureData: {
            endpointInput: { observedContentType: 'application/json', mode: 'INPUT', data, encoding: 'JSON' },
            endpointOutput: { observedContentType: 'text/csv', mode: 'OUTPUT', data: '0.5', encoding: 'CSV' },
          },
          eventMetadata: { eventId: `e${i}`, inferenceTime: '2026-03-16T10:00:00Z' },
          eventVersion: '0',
        }),
      ),
  );

async function verdicts(data: string, baseline: string, ...flags: string[]): Promise<Map<string, string>> {
  const out = `${data}-${baseline}`;
  const { stderr } = await assay('check', data, '--baseline', baseline, '--out', out, '--quiet', ...flags);
  expect(stderr).toBe('');
  const { checks } = reportSchema.parse(JSON.parse(readFileSync(path(`${out}/report.json`), 'utf8')));
  return new Map(checks.map(({ id, verdict }) => [id, verdict]));
}

beforeAll(() => {
  write('rare.jsonl', lines(2000, 50));
  write('common.jsonl', lines(2000, 2));
  write('always.jsonl', lines(2000, 1));
  write('none.jsonl', lines(100, 0));
  write('many.jsonl', lines(2000, 0));
  write('few.jsonl', lines(20, 0));
  write('none.csv', text(['amount', ...Array.from({ length: 100 }, (_, i) => String((i * 37) % 101))]));
  write('promo.jsonl', lines(100, 50, { promo: 'p' }));
  write('rare-capture.jsonl', capture(1000, 50));
  write('capture.jsonl', capture(100, 0));
});

describe('a key that no row of JSON Lines has', () => {
  it.concurrent.each([
    ['is missing by chance where the baseline has it in few rows', 'none.jsonl', 'rare.jsonl', undefined, 'pass'],
    ['is missing beyond chance where there are more rows', 'many.jsonl', 'rare.jsonl', undefined, 'fail'],
    ['is a missing column where every row of the baseline has it', 'none.jsonl', 'always.jsonl', 'fail', undefined],
    ['is left to chance in too few rows', 'few.jsonl', 'rare.jsonl', undefined, 'not_applicable'],
    ['is a missing column in too few rows where that is no chance', 'few.jsonl', 'common.jsonl', 'fail', undefined],
    ['is a missing column of a CSV file, whose rows all have its columns', 'none.csv', 'rare.jsonl', 'fail', undefined],
  ])('%s', async (_, data, baseline, missing, rate) => {
    const found = await verdicts(data, baseline);
    expect([found.get('missing_column/coupon'), found.get('missing_rate/coupon')]).toEqual([missing, rate]);
  });

  it.concurrent('may be one of a captured request', async () => {
    const found = await verdicts('capture.jsonl', 'rare-capture.jsonl');
    expect([found.get('missing_column/coupon'), found.get('missing_rate/coupon')]).toEqual([undefined, 'pass']);
  });

  it.concurrent('is a missing column where it is a prediction', async () => {
    const found = await verdicts('none.jsonl', 'rare.jsonl', '--prediction', 'coupon');
    expect(found.get('missing_column/coupon')).toBe('fail');
  });

  it.concurrent('is a column the baseline does not have where only the data has it', async () => {
    expect((await verdicts('promo.jsonl', 'rare.jsonl')).get('extra_column/promo')).toBe('fail');
  });
});
