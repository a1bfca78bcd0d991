import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { terminal } from './run.ts';

const { assay, path, write } = terminal();
const FLAGS = ['--id', 'id', '--prediction', 'guess', '--score', 'score', '--label', 'came'];
const ROWS = Array.from({ length: 3000 }, (_, i) => ({ id: `r${i}`, score: ((i * 7919) % 3000) / 3000, came: (i * 104729) % 3000 }))
  .map(({ id, score, came }) => ({ id, score, guess: score > 0.5 ? 1 : 0, came: came < 3000 * score ? 1 : 0 }))
  .map((row, i) => ({ ...row, came: i % 10 === 0 ? null : row.came }));
const table = (heads: string[], rows: (string | number | null)[][]): string => [heads, ...rows].map((row) => `${row.join(',')}\n`).join('');
const reportIn = (folder: string): Report => JSON.parse(readFileSync(path(`${folder}/report.json`), 'utf8')) as Report;
const baselineIn = (folder: string) => JSON.parse(gunzipSync(readFileSync(path(`${folder}/baseline.json.gz`))).toString('utf8'));

beforeAll(() => {
  const labelled = ROWS.filter(({ came }) => came !== null);
  const half = labelled.length / 2;
  const labels = labelled.map(({ id, came }) => [id, came]);
  write(
    'together.csv',
    table(
      ['id', 'score', 'guess', 'came'],
      ROWS.map(({ id, score, guess, came }) => [id, score, guess, came]),
    ),
  );
  write(
    'apart.csv',
    table(
      ['id', 'score', 'guess'],
      ROWS.map(({ id, score, guess }) => [id, score, guess]),
    ),
  );
  write('labels/late.csv', table(['id', 'came'], labels.slice(half)));
  write('labels/early.csv', table(['id', 'came'], [...labels.slice(0, half), ['nobody', 1]]));
  write('broken.csv', 'id,came\n"r1,1\n');
});

describe('labels by another road', () => {
  it('make the baseline that they make as a column, and say how many rows have one', async () => {
    const { status, stderr } = await assay('baseline', 'apart.csv', '--labels', 'labels', '--out', 'base-apart', ...FLAGS);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr:
        'assay: 2701 labels from 2 files, 0 of them duplicates\n' +
        'assay: Labels were joined by id: 2,700 of 3,000 rows have one.\n' +
        'assay: 1 label belongs to none of these rows.\n',
    });
    await assay('baseline', 'together.csv', '--out', 'base-together', '--quiet', ...FLAGS);
    const [apart, together] = [baselineIn('base-apart'), baselineIn('base-together')];
    for (const part of ['plan', 'outcomes']) {
      expect(together.outcomes[part]).toBeTypeOf('object');
      expect(apart.outcomes[part]).toEqual(together.outcomes[part]);
    }
    expect(apart.columns).toEqual(together.columns);
  });

  it('are judged as they are as a column', async () => {
    const metricsOf = async (data: string[], out: string) => {
      await assay('check', ...data, '--baseline', 'base-together', '--out', out, '--quiet', ...FLAGS);
      // Drawn intervals are seeded by the objects.
      return reportIn(out).metrics.flatMap((row) => (row.factor === 'accuracy' ? { ...row, interval: row.interval?.length } : []));
    };
    const apart = await metricsOf(['apart.csv', '--labels', 'labels/early.csv', 'labels/late.csv'], 'out-apart');
    expect(apart.length).toBeGreaterThan(20);
    expect(apart).toEqual(await metricsOf(['together.csv'], 'out-together'));
  });

  it('make no baseline where the data has them, or nothing to be joined by', async () => {
    const refused = async (...args: string[]) => assay('baseline', ...args, '--out', 'base-none');
    const there = await refused('together.csv', '--labels', 'labels', ...FLAGS);
    expect(there).toMatchObject({ status: 2, stderr: expect.stringMatching(/the records already have a column "came"/) });
    const missing = await refused('apart.csv', '--labels', 'nowhere', ...FLAGS);
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringMatching(/nowhere/) });
  });
});
