import { describe, expect, it } from 'vitest';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';
import { compareRun, readRun, renderComparison } from '../../layers/quality/model-monitor/index.ts';
import { constraints, FRACTIONAL, imported, report } from './fixtures.ts';

const broken = (of: object): string => JSON.stringify({ ...(JSON.parse(constraints()) as object), ...of });
const feature = (of: object): string => constraints([FRACTIONAL, { ...FRACTIONAL, name: 'x', ...of }]);

describe('a file that is none', () => {
  it.each([
    ['constraints.json', '{"version":', /^constraints\.json: not JSON: /],
    ['constraints.json', '[]', /^constraints\.json: the whole: expected an object$/],
    ['constraints.json', broken({ version: 1 }), /^constraints\.json: "version": expected version 0\.0, got 1$/],
    ['constraints.json', broken({ features: {} }), /^constraints\.json: "features": /],
    [
      'constraints.json',
      feature({ inferred_type: 'Decimal' }),
      /^constraints\.json: "features\[1\]\.inferred_type": expected one of Integral/,
    ],
    ['constraints.json', feature({ completeness: 101 }), /^constraints\.json: "features\[1\]\.completeness": /],
    ['constraints.json', feature({ name: 7 }), /^constraints\.json: "features\[1\]\.name": expected a name$/],
    ['constraints.json', feature({ name: '_c0' }), /^constraints\.json: "features\[1\]\.name": "_c0" is there twice$/],
    [
      'constraints.json',
      broken({ monitoring_config: { evaluate_constraints: 'No' } }),
      /"monitoring_config\.evaluate_constraints": expected "Enabled" or "Disabled"/,
    ],
    ['a/statistics.json', '{"version":0,"features":[]}', /^a\/statistics\.json: "dataset": /],
    ['analysis.json', '{"version":"2.0"}', /^analysis\.json: "version": expected version "1\.0", got "2\.0"$/],
    ['analysis_config.json', '{"label":{}}', /^analysis_config\.json: "label": expected the name of a column/],
  ])('%s %s', (uri, text, message) => {
    expect(() => imported({ [uri]: text })).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(message) }),
    );
  });

  it('two baselines in one folder are one too many', () => {
    expect(() => imported({ 'a/constraints.json': constraints(), 'b/constraints.json': constraints() })).toThrow(
      'b/constraints.json: data-quality constraints are in a/constraints.json already; name the folder of one baseline',
    );
  });

  it('fields nobody knows are ignored and said, each once however many features have it', () => {
    const { notes } = imported({
      'constraints.json': constraints([
        { ...FRACTIONAL, colour: 1 },
        { ...FRACTIONAL, name: 'y', colour: 2 },
      ]),
    });
    expect(notes.filter((line) => line.includes('colour'))).toEqual(['constraints.json: "features[].colour" is unknown, and ignored']);
  });
});

const HOSTILE = [
  '__proto__',
  'constructor',
  '*',
  'a/b',
  '',
  'x'.repeat(100_000),
  '\u001b[31mred',
  '\u202Eevil',
  'line\nbreak',
  '"}',
  '💩',
  'toString',
];

describe('hostile names', () => {
  const names = HOSTILE.filter((name) => name !== '');
  const text = constraints(names.map((name) => ({ ...FRACTIONAL, name, monitoringConfigOverrides: { evaluate_constraints: 'Disabled' } })));

  it('are carried into a monitor that is read back, and those that cannot are said', () => {
    const { monitor, notes } = imported({ 'constraints.json': text });
    const read = parseMonitor(JSON.stringify(monitor), 'm');
    expect(Object.keys(read.columns!).sort()).toEqual(names.filter((name) => name !== '__proto__').sort());
    expect(read.checks).toMatchObject({ 'drift/constructor': 'off', 'drift/a/b': 'off', 'drift/__proto__': 'off' });
    expect(read.checks).not.toHaveProperty('drift/*');
    expect(notes.filter((line) => line.startsWith('column'))).toHaveLength(2);
  });

  it('never reach a line as they are', () => {
    const { notes } = imported({ 'constraints.json': text, 'evil\u001b\n/analysis.json': '{"version":"1.0"}' });
    for (const line of notes) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(line.length).toBeLessThan(1000);
    }
  });

  it('nor the comparison', () => {
    const violations = names.map((name) => ({ feature_name: name, constraint_check_type: name, description: `${name}\u0007 ${name}` }));
    const run = readRun([{ uri: 'constraint_violations.json', text: JSON.stringify({ violations }) }], 'r\u001b');
    const shown = renderComparison(compareRun({ ...run, report: report([]) }));
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(shown.length).toBeLessThan(20_000);
  });

  it('an empty name is refused', () => {
    expect(() => imported({ 'constraints.json': constraints([{ ...FRACTIONAL, name: '' }]) })).toThrow(
      '"features[0].name": expected a name',
    );
  });
});
