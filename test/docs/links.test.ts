import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchors, codeLines, pages, prose, ROOT, read } from './pages.ts';

const links = (page: string): string[] =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!).filter((to) => !/^[a-z]+:/.test(to));

describe('pages', () => {
  it.each(pages())('%s links to what is there', (page) => {
    const broken = links(page).filter((link) => {
      const [path, anchor] = link.split('#', 2) as [string, string?];
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchors(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(['README.md', 'CONTRIBUTING.md'])('%s names npm scripts that exist', (page) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm (?:run )?(start|test|(?<=run )[a-z]+)/g)].map(([, script]) => script!);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  it.each(['README.md', 'CONTRIBUTING.md'])('%s names files that exist', (page) => {
    const named = [...prose(page).matchAll(/`((?:bin|bench|docs|examples|functions|layers|lib|local|test|\.ci)\/[\w./-]*)`/g)];
    expect(named.map(([, path]) => path!).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('README shows commands that package.json or npx brings', () => {
    const { bin, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const run = codeLines('README.md').flatMap((line) => [...line.matchAll(/npx (\w+)/g)].map(([, name]) => name!));
    expect(run).toContain('assay');
    expect(run.filter((name) => bin![name] === undefined && devDependencies![`aws-${name}`] === undefined)).toEqual([]);
  });

  it('the runbook has a section for every alarm', () => {
    const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const alarms = files.flatMap((path) => [...read(`lib/${path}`).matchAll(/anchor: '([^']+)'/g)].map(([, anchor]) => anchor!));
    expect(alarms.length).toBe(14);
    expect(anchors('docs/runbook.md')).toEqual(expect.arrayContaining(alarms));
  });
});
