import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quoted } from '../../bin/command-line.ts';
import { terminal } from './run.ts';

const { path, write, assay } = terminal();

it('arguments are as a shell reads them', () => {
  expect(['data/a.csv', 's3://b/c', 'score=1', 'two words', "it's", 'a$b', ''].map(quoted)).toEqual([
    ...['data/a.csv', 's3://b/c', 'score=1', "'two words'", "'it'\\''s'", "'a$b'", "''"],
  ]);
});

it('the page says by which command it was made', async () => {
  write('some data.csv', 'x,y\n1,2\n2,3\n3,4\n');
  await assay('check', '--quiet', 'some data.csv', '--out', 'out', '--threads=1', '--ignore', 'y');
  expect(readFileSync(path('out/report.html'), 'utf8')).toContain('<code>assay check &#39;some data.csv&#39; --ignore y</code>');
  const { stdout } = await assay('show', 'out/report.json', '--format', 'html');
  expect(stdout).not.toContain('<dt>Command</dt>');
});
