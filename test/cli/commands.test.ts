import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import { expectClose } from '../engine/same.ts';
import { type Run, tableOf, terminal, text } from './run.ts';

const { assay, path, write, parquet, scratch } = terminal();
const ROWS = 4000;
const reportIn = (folder: string): Report => reportSchema.parse(JSON.parse(readFileSync(path(`${folder}/report.json`), 'utf8')));

beforeAll(async () => {
  const reference = tableOf(ROWS);
  write('reference.csv', text(reference));
  write('same.csv', text([reference[0]!, ...reference.slice(1).filter((_, i) => i % 3 === 0)]));
  write(
    'changed.csv',
    text(
      tableOf(1000, (row, i) => ({
        ...row,
        income: i % 3 === 0 ? '' : row.income!,
        channel: row.channel === 'web' ? 'WEB' : row.channel!,
      })),
    ),
  );
  write(
    'monitor.json',
    JSON.stringify({ schema: 'assay.monitor/1', monitor: 'm', columns: { member: { role: 'label' } }, checks: { 'drift/channel': 'off' } }),
  );
  const shuffled = reference.slice(1).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  for (let part = 0; part < 7; part++) write(`parts/${part}.csv`, text([reference[0]!, ...shuffled.filter((_, i) => i % 7 === part)]));
  await parquet({ 'small.parquet': 'SELECT i AS x, i / 7 AS y FROM range(500) t(i)' });
  const built = await assay('baseline', 'reference.csv', '--out', 'baseline');
  expect(built).toMatchObject({ status: 0, stderr: '' });
});

const hash = (line: string): number => [...line].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);

describe('help', () => {
  it.concurrent.each(['check', 'baseline', 'audit', 'show', 'schema', 'local', 'import', 'discover', 'compare'])(
    'of %s has two examples',
    async (command) => {
      const { status, stdout } = await assay(command, '--help');
      expect(status).toBe(0);
      expect(stdout.match(new RegExp(`^ {2}assay ${command}\\b`, 'gm'))).toHaveLength(2);
    },
  );

  it('of assay itself names its commands; the version is a line', async () => {
    const { status, stdout } = await assay('--help');
    expect(status).toBe(0);
    for (const command of ['check', 'baseline', 'audit', 'show', 'schema', 'local']) expect(stdout).toContain(`\n  ${command} `);
    expect((await assay('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

it('commands of a later release say so', async () => {
  const later = ['gate', 'probe'];
  const runs = await Promise.all(later.map((command) => assay(command, 'x', '--from', 'y')));
  expect(runs).toEqual(
    later.map((command) => ({ status: 2, stdout: '', stderr: `assay: ${command}: this release does not have it yet\n` })),
  );
});

describe('baseline', () => {
  it('keeps the cuts of the baseline before, until asked to cut anew', async () => {
    const cutsId = (folder: string): string =>
      JSON.parse(gunzipSync(readFileSync(path(`${folder}/baseline.json.gz`))).toString('utf8')).profile.cuts;
    await assay('baseline', 'reference.csv', '--out', 'kept', '--quiet');
    const before = cutsId('kept');
    const { stderr } = await assay('baseline', 'same.csv', '--out', 'kept');
    expect(stderr).toMatch(/cuts of the baseline in kept are kept/);
    expect(cutsId('kept')).toBe(before);
    await assay('baseline', 'same.csv', '--out', 'kept', '--quiet', '--recut');
    expect(cutsId('kept')).not.toBe(before);
  });

  it('renewed, has the range and the groups of its own rows, though its cuts are older: what lies beyond still fails', async () => {
    const upTo = (most: number) =>
      `SELECT (i * 7919 % 5000) / 5000 * ${most} AS x, i % 2 AS prediction, ['A', 'B', 'C'][1 + i % ${most > 100 ? 3 : 2}] AS region FROM range(5000) t(i)`;
    await parquet({ 'to100.parquet': upTo(100), 'to120.parquet': upTo(120), 'to300.parquet': upTo(300) });
    const flags = ['--prediction', 'prediction', '--facet', 'region', '--quiet'];
    for (const reference of ['to100', 'to120']) await assay('baseline', `${reference}.parquet`, '--out', 'renewed', ...flags);
    const of = async (name: string) => {
      await assay('check', `${name}.parquet`, '--baseline', 'renewed', '--out', `out-${name}`, ...flags);
      const { checks } = reportIn(`out-${name}`);
      expect(checks.map(({ id }) => id)).toContain('four_fifths/region=C');
      return checks.find(({ id }) => id === 'range/x')!;
    };
    expect(await of('to120')).toMatchObject({ verdict: 'pass' });
    expect(await of('to300')).toMatchObject({ verdict: 'fail', message: expect.stringMatching(/67 % of the values outside/) });
  });

  it('writes one file, and says what it inferred', async () => {
    expect(readdirSync(path('baseline'))).toEqual(['baseline.json.gz']);
    const { status, stdout } = await assay('baseline', 'reference.csv', '--out', 'again');
    expect(status).toBe(0);
    expect(stdout).toMatch(/4,000 rows × 6 columns in 667 hours/);
    expect(stdout).toMatch(/income +number +feature +\(inferred\)/);
    expect(stdout).toMatch(/id +\w+ +id +\(inferred\)/);
    expect(readFileSync(path('again/baseline.json.gz'))).toEqual(readFileSync(path('baseline/baseline.json.gz')));
  });
});

describe('check', () => {
  it('passes what has not changed: exit 0, all files, a report that keeps its schema', async () => {
    const { status, stdout, stderr } = await assay('check', 'same.csv', '--baseline', 'baseline', '--out', 'out-same');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\nPASS /);
    expect(readdirSync(path('out-same')).sort()).toEqual(['metrics.parquet', 'profile.json.gz', 'report.html', 'report.json']);
    const report = reportIn('out-same');
    expect(report).toMatchObject({ schema: 'assay.report/1', verdict: 'pass', subject: { rows: 1334, rejected: 0, columns: 6 } });
    expect(JSON.parse(gunzipSync(readFileSync(path('out-same/profile.json.gz'))).toString())).toMatchObject({
      schema: 'assay.profile/1',
      rows: 1334,
    });
  });

  it('fails what has: exit 1, a finding a column, worst first', async () => {
    const { status, stdout } = await assay('check', 'changed.csv', '--baseline', 'baseline', '--out', 'out-changed');
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nFAIL /);
    const { findings, verdict } = reportIn('out-changed');
    expect(verdict).toBe('fail');
    expect(findings.map(({ columns, cause }) => [columns[0], cause])).toEqual(
      expect.arrayContaining([
        ['income', 'null_surge'],
        ['channel', 'category_renamed'],
      ]),
    );
  });

  it('compares with reference data given as such as with a baseline made of it', async () => {
    await assay('check', 'changed.csv', '--baseline', 'reference.csv', '--out', 'out-reference', '--quiet');
    expect(readFileSync(path('out-reference/report.json'))).toEqual(readFileSync(path('out-changed/report.json')));
  });

  it('exits as --fail-on says', async () => {
    const changed = ['check', 'changed.csv', '--baseline', 'baseline', '--quiet'];
    const runs = await Promise.all(['never', 'warn', 'x'].map((failOn) => assay(...changed, '--fail-on', failOn)));
    const [never, warn, wrong] = runs as [Run, Run, Run];
    expect([never.status, warn.status, wrong.status]).toEqual([0, 1, 2]);
    expect(never.stdout).toBe('');
    expect(wrong.stderr).toBe('assay: --fail-on: expected fail, warn or never, got "x"\n');
  });

  it('takes thresholds by --set and from the monitor, and says where each comes from', async () => {
    const { status } = await assay(
      'check',
      'changed.csv',
      '--baseline',
      'baseline',
      '--monitor',
      'monitor.json',
      '--out',
      'out-set',
      '--set',
      'drift=0.9',
      '--set',
      'missing_rate/income=off',
      '--set',
      'completeness/income=off',
      '--set',
      'categories=off',
    );
    const { checks, monitor, columns } = reportIn('out-set');
    expect(checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual([]);
    expect(status).toBe(0);
    const ids = checks.map(({ id }) => id);
    expect(monitor).toBe('m');
    expect(columns.find(({ name }) => name === 'member')).toMatchObject({ role: 'label' });
    expect(ids).not.toContain('drift/channel');
    expect(ids).not.toContain('missing_rate/income');
    expect(ids).toContain('missing_rate/age');
    expect(checks.find(({ id }) => id === 'drift/income')!.threshold).toMatchObject({ fail: 0.9, source: 'configured' });
    expect(checks.find(({ id }) => id === 'drift/income')!.verdict).toMatch(/pass|warn/);
  });

  it.concurrent.each([
    ['--set', 'drift'],
    ['--set', 'drift=high'],
    ['--set', '=1'],
    ['--threads', '0'],
    ['--memory', 'lots'],
    ['--format', 'sarif'],
    ['--input-format', 'xlsx'],
    ['--type', 'income=integer32'],
  ])('%s %s: says what it expected', async (flag, value) => {
    const { status, stdout, stderr } = await assay('check', 'same.csv', flag, value);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^assay: ${flag}: expected .*got "${value}"\n$`));
  });

  it('--set of a check or a column that does not exist names the nearest', async () => {
    const [check, column] = await Promise.all(['drfit=0.2', 'drift/incme=0.2'].map((set) => assay('check', 'same.csv', '--set', set)));
    expect(check).toMatchObject({ status: 2, stderr: 'assay: --set: no check "drfit"; did you mean "drift"?\n' });
    expect(column).toMatchObject({ status: 2, stderr: 'assay: --set: drift/incme: no column "incme"; did you mean "income"?\n' });
  });

  it('prints every format', async () => {
    const run = (format: string) => assay('check', 'changed.csv', '--baseline', 'baseline', '--fail-on', 'never', '--format', format);
    expect(reportSchema.parse(JSON.parse((await run('json')).stdout)).verdict).toBe('fail');
    expect((await run('html')).stdout).toMatch(/^<!doctype html>/i);
    expect((await run('markdown')).stdout).toMatch(/^#/);
    expect((await run('junit')).stdout).toMatch(/^<\?xml/);
  });

  it('uses no colour where it is not a terminal', async () => {
    const { stdout } = await assay('check', 'changed.csv', '--baseline', 'baseline');
    expect(stdout).not.toContain('\u001b');
  });

  it('leaves nothing in the temporary folder', () => {
    expect(readdirSync(scratch).filter((name) => name.startsWith('assay-'))).toEqual([]);
  });
});

describe('the same data', () => {
  it('gives the same bytes of report.json again, with one thread and with two', async () => {
    const runs = [
      ['--threads', '1'],
      ['--threads', '2'],
      ['--threads', '2', '--memory', '300'],
    ];
    for (const [i, flags] of runs.entries())
      await assay('check', 'changed.csv', '--baseline', 'reference.csv', '--out', `repeat-${i}`, '--quiet', ...flags);
    const bytes = runs.map((_, i) => readFileSync(path(`repeat-${i}/report.json`), 'utf8'));
    expect(bytes[1]).toBe(bytes[0]);
    expect(bytes[2]).toBe(bytes[0]);
    expect(readFileSync(path('repeat-1/report.html'), 'utf8')).toBe(readFileSync(path('repeat-0/report.html'), 'utf8'));
  });

  it('gives the same metrics as one file and as seven shuffled parts', async () => {
    await assay('check', 'reference.csv', '--baseline', 'baseline', '--out', 'one', '--quiet');
    const { status } = await assay('check', 'parts', '--baseline', 'baseline', '--out', 'seven', '--quiet');
    expect(status).toBe(0);
    const [one, seven] = [reportIn('one'), reportIn('seven')];
    expect(seven.subject.objects.map(({ uri }) => uri)).toEqual(Array.from({ length: 7 }, (_, i) => `${i}.csv`));
    expectClose(seven.metrics, one.metrics);
    expectClose(seven.checks, one.checks);
    await assay('check', 'parts/*.csv', '--baseline', 'baseline', '--out', 'glob', '--quiet');
    expectClose(reportIn('glob').metrics, one.metrics);
  });
});

describe('show', () => {
  it('prints what check printed, from the folder or the file', async () => {
    const checked = await assay('check', 'changed.csv', '--baseline', 'baseline', '--fail-on', 'never');
    expect((await assay('show', 'out-changed')).stdout).toBe(checked.stdout);
    expect(await assay('show', 'out-changed/report.json', '--format', 'json')).toMatchObject({
      status: 0,
      stdout: readFileSync(path('out-changed/report.json'), 'utf8'),
    });
  });

  it.concurrent.each([['nothing'], ['same.csv'], ['monitor.json']])('%s: is no report, and that is said in a line', async (file) => {
    const { status, stdout, stderr } = await assay('show', file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^assay: .+\n$/);
    expect(stderr).toContain(file);
  });
});

describe('schema', () => {
  it.concurrent.each(['monitor', 'report'])('of %s is a JSON Schema', async (name) => {
    const { status, stdout } = await assay('schema', name);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: expect.stringContaining('json-schema.org'),
      type: 'object',
      additionalProperties: false,
    });
  });

  it('of anything else says what there is', async () => {
    expect(await assay('schema', 'profile')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'assay: schema: expected monitor, report or event, got "profile"\n',
    });
  });
});

it('reads Parquet by content, whatever the name', async () => {
  write('renamed.csv', readFileSync(path('small.parquet')));
  await assay('check', 'renamed.csv', '--out', 'out-renamed', '--quiet');
  expect(reportIn('out-renamed').subject).toMatchObject({ rows: 500, columns: 2 });
  expect(existsSync(path('out-renamed/report.html'))).toBe(true);
});
