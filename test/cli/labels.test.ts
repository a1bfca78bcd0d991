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
        'assay: 2,701 labels from 2 files\n' +
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

  it('are used beside a table that has none, which is named', async () => {
    write(
      'stray/good.csv',
      table(
        ['id', 'came'],
        ROWS.filter(({ came }) => came !== null).map(({ id, came }) => [id, came]),
      ),
    );
    write('stray/bad.csv', 'foo,bar\n1,2\n');
    const data = ['check', 'apart.csv', ...FLAGS, '--labels'];
    expect(await assay(...data, 'stray', '--out', 'out-stray', '--quiet')).toMatchObject({ status: 0, stderr: '' });
    const { notes, performance } = reportIn('out-stray');
    expect(performance?.labels?.matched).toBe(2700);
    expect(notes).toContainEqual(expect.stringMatching(/^Labels not read: .*bad\.csv: expected an id column .* found foo, bar$/));
    const alone = await assay(...data, 'stray/bad.csv');
    expect(alone).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/bad\.csv: expected an id column .* found foo, bar\n$/),
    });
  });

  it('are accounted for where they cannot be judged', async () => {
    write(
      'words/good.csv',
      table(
        ['id', 'came'],
        ROWS.map(({ id }, i) => [id, ['yes', 'no', 'maybe'][i % 3]!]),
      ),
    );
    write('words/bad.csv', 'foo,bar\n1,2\n');
    await assay('check', 'apart.csv', '--labels', 'words', '--out', 'out-words', '--quiet', ...FLAGS);
    const { notes, performance } = reportIn('out-words');
    expect(performance).toBeUndefined();
    expect(notes.filter((note) => note.startsWith('Labels'))).toEqual([
      'Labels were joined by id: 3,000 of 3,000 rows have one.',
      expect.stringMatching(/^Labels not read: .*bad\.csv: expected an id column/),
    ]);
  });

  it('that cannot be read are named by file, line and reason, and the report keeps them as it does lines of the data', async () => {
    const truth = (eventId: string, data: string) =>
      JSON.stringify({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId } });
    write('lines/a.jsonl', `${[truth('r1', '1'), '{"broken', truth('', '1'), truth('r2', '0')].join('\n')}\n`);
    write('lines/b.csv', `id,came\nr3,1\nr4,1,9\n,1\n${',0\n'.repeat(4)}r5,\nr6,\n`);
    await assay('check', 'apart.csv', '--labels', 'lines', '--out', 'out-lines', '--quiet', ...FLAGS);
    const { notes, rejected, subject } = reportIn('out-lines');
    const id = 'no "eventId", expected the id of the request';
    const [broken, ragged] = ['broken JSON: it ends too early', '3 fields, expected 2 as in line 1'];
    expect(notes.filter((note) => note.includes('label files'))).toEqual([
      '2 rows of the label files have no label yet.',
      `8 lines of the label files could not be read: a.jsonl, line 2: ${broken}; a.jsonl, line 3: ${id}; b.csv, line 3: ${ragged}; b.csv, row 2: a label without an id; b.csv, row 3: a label without an id; and 3 more.`,
    ]);
    expect(subject.rejected).toBe(0);
    expect(rejected.slice(0, 4)).toEqual([
      { uri: 'a.jsonl', line: 2, reason: broken },
      { uri: 'a.jsonl', line: 3, reason: id },
      { uri: 'b.csv', line: 3, reason: ragged },
      { uri: 'b.csv', line: 2, reason: 'row 2 of the table: a label without an id' },
    ]);
    expect(rejected.length).toBe(8);
  });

  it('that are more than one a record are not called duplicates, since they may differ', async () => {
    write('differ.csv', 'id,came\nr1,1\nr1,0\n');
    const { stderr } = await assay('check', 'apart.csv', '--labels', 'differ.csv', '--out', 'out-differ', ...FLAGS);
    expect(stderr).toBe('assay: 2 labels from 1 file, 1 of them beyond the first for their record\n');
    expect(reportIn('out-differ').notes).toContain('1 record has different labels of the same time: they are taken as unlabelled.');
  });

  it('of which none matches show how ids differ: the report how they look, the terminal an example', async () => {
    write(
      'numbers.csv',
      table(
        ['id', 'guess'],
        [
          ['9', 1],
          ['10', 0],
          ['11', 1],
        ],
      ),
    );
    const look = async (ids: string[]) => {
      write(
        'odd.csv',
        table(
          ['id', 'came'],
          ids.map((id) => [id, 1]),
        ),
      );
      const flags = ['--id', 'id', '--prediction', 'guess', '--label', 'came'];
      const { stderr } = await assay('check', 'numbers.csv', '--labels', 'odd.csv', '--out', 'out-odd', ...flags);
      return { stderr, note: reportIn('out-odd').notes.find((note) => note.includes('to none of these rows')) };
    };
    expect(await look(['x-12', 'x-13'])).toEqual({
      stderr: "assay: 2 labels from 1 file\nassay: no label has the id of a row: labels have ids such as 'x-12', the data '10'\n",
      note: '2 labels belong to none of these rows: labels have ids such as a-99, the data (id) such as 99 (9 is any digit, a and A any letter).',
    });
    expect((await look(['009', '00012'])).note).toBe(
      "2 labels belong to none of these rows: their ids and the data's (id) are numbers written differently, such as 999 and 9 (9 is any digit), in 1 case.",
    );
    expect((await look(['77'])).note).toBe(
      "1 label belongs to none of these rows: their ids look like the data's (id: 99); are they of another day?",
    );
    const { factors, checks } = reportIn('out-odd');
    expect([factors.accuracy, checks.find(({ id }) => id === 'label_coverage')]).toMatchObject([
      'warn',
      { verdict: 'warn', message: 'none of the labels that were given belongs to a row (1)' },
    ]);
  });

  it('of ids that the data repeats say so, by where two stand', async () => {
    write(
      'repeated.csv',
      table(
        ['id', 'guess'],
        [
          ['r1', 1],
          ['r2', 0],
          ['r1', 1],
        ],
      ),
    );
    write(
      'once.csv',
      table(
        ['id', 'came'],
        [
          ['r1', 1],
          ['r2', 0],
        ],
      ),
    );
    const flags = ['--id', 'id', '--prediction', 'guess', '--label', 'came'];
    const { stderr } = await assay('check', 'repeated.csv', '--labels', 'once.csv', '--out', 'out-repeated', ...flags);
    expect(stderr).toContain("assay: ids of the data repeat, such as 'r1'\n");
    expect(reportIn('out-repeated').notes).toContain(
      '1 id is of 2 rows, such as that of rows 1 and 3 of repeated.csv: a label cannot tell which of them it is of, and none of them has one.',
    );
  });

  it('of which no row has one give the same report however often they came', async () => {
    const reports = async (name: string, rows: (string | number)[][]) => {
      for (const file of ['one', 'two']) write(`${name}/${file}.csv`, table(['id', 'came'], rows));
      const look = async (out: string, ...files: string[]) => {
        await assay('check', 'apart.csv', '--labels', ...files.map((file) => `${name}/${file}.csv`), '--out', out, '--quiet', ...FLAGS);
        return reportIn(out);
      };
      const [once, twice] = [await look('out-once', 'one'), await look('out-twice', 'one', 'two')];
      expect(twice).toEqual(once);
      return once.checks.find(({ id }) => id === 'label_coverage')?.message;
    };
    expect(
      await reports('nobody', [
        ['x1', 1],
        ['x2', ''],
      ]),
    ).toBe('none of the labels that were given belongs to a row (1)');
    const disputed = [
      ['r1', 1],
      ['r1', 0],
      ['x2', 1],
    ];
    expect(await reports('disputed', disputed)).toBe('none of the labels that were given could be used (2)');
  });

  it('are joined by the only column that looks like an id, if a table of labels has its name', async () => {
    const few = ROWS.slice(1, 6).filter(({ came }) => came !== null);
    write(
      'few.csv',
      table(
        ['id', 'guess'],
        few.map(({ id, guess }) => [id, guess]),
      ),
    );
    write(
      'few-labels.csv',
      table(
        ['id', 'came'],
        few.map(({ id, came }) => [id, came]),
      ),
    );
    const { status } = await assay('check', 'few.csv', '--labels', 'few-labels.csv', '--label', 'came', '--out', 'out-few');
    expect(status).toBe(0);
    expect(reportIn('out-few').notes).toContain('Labels were joined by id: 5 of 5 rows have one.');
  });

  it('make no baseline where the data has them, or nothing to be joined by', async () => {
    const refused = async (...args: string[]) => assay('baseline', ...args, '--out', 'base-none');
    const there = await refused('together.csv', '--labels', 'labels', ...FLAGS);
    expect(there).toMatchObject({ status: 2, stderr: expect.stringMatching(/the records already have a column "came"/) });
    write('events.csv', 'event_id,came\nr1,1\n');
    const unnamed = await refused('apart.csv', '--labels', 'events.csv', '--label', 'came');
    expect(unnamed).toMatchObject({ status: 2, stderr: expect.stringMatching(/found id, score, guess; did you mean --id id\?\n$/) });
    const missing = await refused('apart.csv', '--labels', 'nowhere', ...FLAGS);
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringMatching(/nowhere/) });
  });
});
