import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { type Run, tableOf, terminal, text } from './run.ts';

const { root, assay, path, write, parquet } = terminal();
const reportIn = (folder: string): Report => reportSchema.parse(JSON.parse(readFileSync(path(`${folder}/report.json`), 'utf8')));

const HOSTILE = ['a"b', "it's", '"; DROP TABLE x; --', '<script>alert(1)</script>', '__proto__', 'two\nlines', 'long '.repeat(200).trim()];
const MARKUP = '<img src=x onerror=alert(2)>';
const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const hostile = (rows: number, seed: number): string =>
  text([
    HOSTILE.map(quoted).join(','),
    ...Array.from({ length: rows }, (_, i) =>
      HOSTILE.map((_, column) =>
        column === 0 ? String((i * seed) % 89) : quoted([MARKUP, "'; --", 'constructor', '{{x}}', '"'][(i * seed + column) % 5]!),
      ).join(','),
    ),
  ]);

beforeAll(async () => {
  write('good.csv', text(tableOf(600)));
  write('empty.csv', '');
  write('header.csv', 'id,income,age\n');
  write('garbage.bin', Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31 + i * 7) % 256)));
  write('ragged.csv', text(['a,b', ...Array.from({ length: 200 }, (_, i) => (i === 10 ? '1' : i === 20 ? '1,2,3' : `${i},${i * 2}`))]));
  write('null.csv', text(['nothing,same,x', ...Array.from({ length: 200 }, (_, i) => `,7,${i}`)]));
  write('varied.csv', text(['nothing,same,x', ...Array.from({ length: 400 }, (_, i) => `${i % 5},${i % 9},${i % 200}`)]));
  write('hostile.csv', hostile(300, 7));
  write('hostile-reference.csv', hostile(900, 11));
  await parquet({
    'good.parquet': 'SELECT i AS x, i * 2 AS y FROM range(1000) t(i)',
    'zero.parquet': 'SELECT i AS x FROM range(10) t(i) WHERE i > 99',
  });
  const whole = readFileSync(path('good.parquet'));
  write('truncated.parquet', whole.subarray(0, whole.length - 200));
  write('half.parquet', Buffer.concat([whole.subarray(0, 100), whole.subarray(-60)]));
  write('mixed/a.csv', text(tableOf(300)));
  write('mixed/b.parquet', whole.subarray(0, whole.length - 200));
  write('mixed/c.csv', '');
  mkdirSync(path('void'));
  expect((await assay('baseline', 'good.csv', '--out', 'baseline', '--quiet')).status).toBe(0);
});

/** It could not run, and says why in one line: no stack trace, nothing printed, nothing written. */
function expectRefused({ status, stdout, stderr }: Run, message: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^assay: [^\n]+\n$/);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\bat .+:\d+|node_modules|Binder|Catalog|undefined/);
}

it('too little memory for the engine names the flag that gives it more', async () => {
  expectRefused(
    await assay('check', 'good.csv', '--memory', '2'),
    /Out of Memory Error: .* used\)\. Give the engine more with --memory MB$/m,
  );
});

it('a baseline whose parts are not what they were is refused in one line', async () => {
  await assay('baseline', 'good.csv', '--label', 'member', '--out', 'labelled', '--quiet');
  const file = path('labelled/baseline.json.gz');
  const made = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  write(
    'labelled/baseline.json.gz',
    gzipSync(JSON.stringify({ ...made, outcomes: { ...made.outcomes, plan: { ...made.outcomes.plan, problem: 3 } } })),
  );
  expectRefused(await assay('check', 'good.csv', '--baseline', 'labelled'), /is no baseline of this Assay: problem: .*; delete it and run/);
});

describe('what cannot be read is refused with one message, and nothing is written', () => {
  it.concurrent.each<[string, string[], RegExp]>([
    ['an empty file', ['empty.csv'], /empty\.csv: the file is empty/],
    ['a truncated Parquet file', ['truncated.parquet'], /truncated\.parquet: .*cut off/],
    ['a Parquet file without its middle', ['half.parquet'], /half\.parquet: .*Parquet/],
    ['binary garbage', ['garbage.bin'], /garbage\.bin: expected .*binary/],
    ['a file that is not there', ['nowhere.csv'], /no such file or folder: nowhere\.csv/],
    ['a glob that matches nothing', ['no*.csv'], /nothing at no\*\.csv/],
    ['a folder of nothing', ['void'], /nothing at void/],
    ['a path below a file', ['good.csv/x'], /no such file or folder: good\.csv\/x/],
    ['a device', ['/dev/null'], /expected a file|empty/],
    ['a baseline that is not there', ['good.csv', '--baseline', 'nowhere/'], /no such file or folder: nowhere/],
    ['a baseline that cannot be read', ['good.csv', '--baseline', 'garbage.bin'], /garbage\.bin/],
    ['a baseline without rows', ['good.csv', '--baseline', 'zero.parquet'], /baseline.*no rows/],
    ['a monitor that is not there', ['good.csv', '--monitor', 'nowhere.json'], /--monitor: no such file: nowhere\.json/],
    ['a monitor that is none', ['good.csv', '--monitor', 'good.csv'], /good\.csv: not JSON/],
    ['an unknown flag', ['good.csv', '--labl', 'x'], /unknown option '--labl'/],
  ])('%s', async (name, args, message) => {
    const out = `refused-${name.replaceAll(/\W/g, '-')}`;
    const run = await assay('check', ...args, '--out', out);
    expectRefused({ ...run, stderr: run.stderr.replace(/\n\(Did you mean.*|\n\(assay --help.*/g, '') }, message);
    expect(existsSync(path(out))).toBe(false);
  });

  it('several at once are named one by one', async () => {
    const { status, stderr } = await assay('check', 'empty.csv', 'garbage.bin');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^assay: empty\.csv: .+\n +garbage\.bin: .+\n$/);
  });
});

describe('a flag that names no column, or two', () => {
  it.concurrent.each([
    [['--label', 'incme'], 'assay: --label: no column "incme"; did you mean "income"? Columns: id, income, age, channel, member, at\n'],
    [
      ['--segment', 'Channel'],
      'assay: --segment: no column "Channel"; did you mean "channel"? Columns: id, income, age, channel, member, at\n',
    ],
    [['--label', 'income', '--label', 'age'], 'assay: --label: takes one column, got "income" and "age"\n'],
    [['--type', 'xyzzyx=text'], 'assay: --type: no column "xyzzyx". Columns: id, income, age, channel, member, at\n'],
  ])('%s: is refused, the nearest suggested', async (flags, stderr) => {
    expect(await assay('check', 'good.csv', ...flags)).toEqual({ status: 2, stdout: '', stderr });
  });
});

describe('--out', () => {
  it('below a file is refused, and nothing is left behind', async () => {
    const before = readdirSync(root);
    expectRefused(await assay('check', 'good.csv', '--out', 'good.csv/sub'), /--out: cannot write to good\.csv\/sub/);
    expectRefused(await assay('check', 'good.csv', '--out', 'good.csv'), /--out: cannot write to good\.csv/);
    expect(readdirSync(root)).toEqual(before);
  });

  it('that is there keeps what else is in it', async () => {
    mkdirSync(path('kept'));
    writeFileSync(join(path('kept'), 'note.txt'), 'mine');
    await assay('check', 'good.csv', '--out', 'kept', '--quiet');
    expect(readdirSync(path('kept')).sort()).toEqual(['metrics.parquet', 'note.txt', 'profile.json.gz', 'report.html', 'report.json']);
  });
});

describe('what can be read has a verdict', () => {
  it('some files readable and others not: a report, with the others as errors', async () => {
    const { status, stdout } = await assay('check', 'mixed', '--baseline', 'baseline', '--out', 'out-mixed');
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nERROR /);
    const report = reportIn('out-mixed');
    expect(report.verdict).toBe('error');
    expect(report.subject.objects.map(({ uri, rows, error }) => [uri, rows, error !== undefined])).toEqual([
      ['a.csv', 300, false],
      ['b.parquet', 0, true],
      ['c.csv', 0, true],
    ]);
    expect(report.checks.filter(({ verdict }) => verdict === 'error').map(({ id }) => id)).toEqual([
      'readable/b.parquet',
      'readable/c.csv',
    ]);
    expect(report.checks.some(({ id, verdict }) => id === 'drift/income' && verdict === 'pass')).toBe(true);
  });

  it.each(['header.csv', 'zero.parquet'])('%s has no rows, and that fails', async (file) => {
    const { status, stdout } = await assay('check', file, '--out', `out-${file}`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/no rows/);
    expect(reportIn(`out-${file}`)).toMatchObject({ verdict: 'fail', subject: { rows: 0 } });
    const compared = await assay('check', file, '--baseline', 'baseline');
    expect(compared.status).toBe(1);
    expect(compared.stdout).toMatch(/no rows/);
  });

  it('ragged rows are rejected by line, counted and shown', async () => {
    const { status } = await assay('check', 'ragged.csv', '--out', 'out-ragged');
    expect(status).toBe(1);
    const report = reportIn('out-ragged');
    expect(report.subject).toMatchObject({ rows: 198, rejected: 2 });
    expect(report.rejected.map(({ line }) => line)).toEqual([12, 22]);
    expect(report.findings[0]!.title).toMatch(/1 % of the lines could not be read/);
  });

  it('columns all null and constant are found', async () => {
    const { status } = await assay('check', 'null.csv', '--baseline', 'varied.csv', '--out', 'out-null');
    expect(status).toBe(1);
    expect(reportIn('out-null').findings.map(({ columns, cause }) => [columns[0], cause])).toEqual(
      expect.arrayContaining([
        ['nothing', 'null_surge'],
        ['same', 'constant'],
      ]),
    );
    expect((await assay('check', 'null.csv', '--baseline', 'null.csv')).status).toBe(0);
  });

  it('hostile names and values come out as they are, escaped where they would do harm', async () => {
    const { status, stdout, stderr } = await assay('check', 'hostile.csv', '--baseline', 'hostile-reference.csv', '--out', 'out-hostile');
    expect([0, 1]).toContain(status);
    expect(stderr).toBe('');
    const report = reportIn('out-hostile');
    expect(report.columns.map(({ name }) => name)).toEqual(HOSTILE);
    expect(JSON.stringify(report.columns.map(({ distribution }) => distribution.bars))).toContain(MARKUP);
    const page = readFileSync(path('out-hostile/report.html'), 'utf8');
    expect(page).not.toContain('<script>alert(1)');
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(stdout).not.toMatch(/^lines/m);
  });

  it('a baseline of other columns and types: missing, extra and type findings', async () => {
    const other = tableOf(600, ({ channel, ...row }) => ({ ...row, age: 'young', colour: 'red' }));
    write('other.csv', text(other));
    const { status } = await assay('check', 'other.csv', '--baseline', 'baseline', '--out', 'out-other');
    expect(status).toBe(1);
    const causes = reportIn('out-other').findings.map(({ columns, cause }) => `${cause} ${columns[0]}`);
    expect(causes).toEqual(expect.arrayContaining(['missing_column channel', 'extra_column colour', 'type_change age']));
  });

  it('columns that differ by case alone are two columns', async () => {
    write('case.csv', text(['Amount,amount,other', ...Array.from({ length: 100 }, (_, i) => `${i},${i * 2},${i * 3}`)]));
    expect((await assay('check', 'case.csv', '--out', 'out-case')).status).toBe(0);
    const { columns, metrics } = reportIn('out-case');
    expect(columns).toHaveLength(3);
    expect(metrics.filter(({ metric }) => metric === 'maximum').map(({ value }) => value)).toEqual([99, 198, 297]);
  });
});

it('nothing half written is left behind', () => {
  expect(readdirSync(root).filter((name) => name.startsWith('.') && name !== '.duckdb')).toEqual([]);
});
