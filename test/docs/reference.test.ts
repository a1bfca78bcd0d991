import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLUMN_CHECKS } from '../../layers/quality/checks/index.ts';
import { inputSchema, monitorSchema } from '../../layers/quality/contract/monitor.ts';
import { CAUSES } from '../../layers/quality/contract/report.ts';
import { COLUMN_METRICS } from '../../layers/quality/metrics/registry.ts';
import { TABLE_METRIC_NAMES, TABLE_METRICS } from '../../layers/quality/metrics/table-metrics.ts';
import { STATES } from '../../layers/quality/states/index.ts';
import { ACCURACY_METRICS, FAIRNESS_METRICS } from '../../layers/quality/usecases/outcome-metrics.ts';
import { settingsSchema } from '../../lib/settings.ts';
import { ROOT, read, section, tableNames } from './pages.ts';

/** Checks that are made outside the registry: those that have words of their own, and those that have no number. */
const checks = (): string[] => [
  ...COLUMN_CHECKS.map(({ id }) => id),
  ...[...read('layers/quality/checks/words.ts').matchAll(/^ {2}(\w+): \(/gm)].map(([, id]) => id!),
  ...['missing_column', 'extra_column', 'readable', 'performance', 'estimated_performance'],
];
const missing = (names: string[], page: string): string[] => names.filter((name) => !tableNames(page).includes(name));
const flags = (text: string): string[] => [...new Set(text.match(/--[a-z][a-z-]+/g))].sort();
const help = (command: string): string =>
  execFileSync(process.execPath, ['bin/assay.js', command, '--help'], { cwd: join(ROOT), encoding: 'utf8' });

describe('reference pages', () => {
  it('have a row for every metric, once', () => {
    const metrics = [...TABLE_METRICS, ...COLUMN_METRICS].map(({ name }) => name);
    expect(missing([...metrics, ...ACCURACY_METRICS, ...FAIRNESS_METRICS], 'docs/metrics.md')).toEqual([]);
    expect(new Set(metrics).size).toBe(metrics.length);
  });

  it('have no row for a metric that is not there', () => {
    const ofData = [...TABLE_METRIC_NAMES, ...COLUMN_METRICS.map(({ name }) => name)];
    const metrics = [...ofData, ...ACCURACY_METRICS, ...FAIRNESS_METRICS];
    expect(tableNames('docs/metrics.md').filter((name) => !metrics.includes(name))).toEqual([]);
  });

  it('have a row for every check and every cause', () => {
    expect(checks().length).toBeGreaterThan(15);
    expect(missing([...checks(), ...CAUSES], 'docs/checks.md')).toEqual([]);
  });

  it('say the default thresholds that are in the code', () => {
    const rows = section('docs/checks.md', '# Checks');
    for (const { id, warn, fail } of COLUMN_CHECKS) {
      const row = rows.split('\n').find((line) => line.startsWith(`| \`${id}\``))!;
      const said = (row.split('|')[4]!.match(/[\d.]+( %| points)?/g) ?? []).map(
        (text) => Number.parseFloat(text) / (/[%p]/.test(text) ? 100 : 1),
      );
      expect([id, ...said]).toEqual([id, ...[warn, fail].filter((bound) => bound !== null)]);
    }
  });

  it('have a row for every key of monitor.json and of the stack', () => {
    const keys = [...Object.keys(monitorSchema.shape), ...Object.keys(inputSchema.shape).map((key) => `input.${key}`)];
    const outer = keys.filter((key) => key !== 'input' && key !== 'columns');
    expect(missing([...outer, ...Object.keys(settingsSchema.shape)], 'docs/configuration.md')).toEqual([]);
  });

  it('have a row for every state', () => {
    expect(
      missing(
        STATES.map(({ name }) => name),
        'docs/architecture.md',
      ),
    ).toEqual([]);
  });

  it.each([
    ['check', '### `assay check DATA…`'],
    ['baseline', '### `assay baseline REF…`'],
    ['show', '### `assay show REPORT`'],
    ['local', '### `assay local`'],
    ['schema', '### `assay schema NAME`'],
    ['audit', '### `assay audit`'],
    ['import', '### `assay import DIR`'],
    ['discover', '### `assay discover ENDPOINT`'],
    ['compare', '### `assay compare MM-RUN REPORT`'],
  ])('name the flags that assay %s --help names', (command, heading) => {
    const text = help(command);
    const named = [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag!).filter((flag) => flag !== '--help');
    expect(text).toContain('Examples:');
    expect(flags(section('docs/configuration.md', heading))).toEqual(named.sort());
  });

  it('show an example of monitor.json that is accepted', () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(read('docs/configuration.md'))!;
    expect(monitorSchema.safeParse(JSON.parse(example!)).error).toBeUndefined();
  });
});
