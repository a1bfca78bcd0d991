import { describe, expect, it } from 'vitest';
import { COLUMN_CHECKS } from '../../layers/quality/checks/index.ts';
import { CHECK_NAMES } from '../../layers/quality/checks/known-checks.ts';
import { parseMonitor } from '../../layers/quality/contract/parse-monitor.ts';
import { CHECKS_OF_A_COLUMN } from '../../layers/quality/model-monitor/check-types.ts';
import { DEFAULT_FAIL } from '../../layers/quality/model-monitor/settings.ts';
import { CONFIG, checksOf, constraints, FRACTIONAL, imported, TEXT } from './fixtures.ts';

const distribution = (of: object): object => ({ ...CONFIG, distribution_constraints: { ...CONFIG.distribution_constraints, ...of } });

describe('constraints.json', () => {
  it('of a real job becomes types and thresholds', () => {
    const { monitor, notes, read } = imported({ 'base/constraints.json': constraints() });
    expect(monitor).toEqual({
      schema: 'assay.monitor/1',
      monitor: 'm',
      columns: { _c0: { type: 'number' }, message: { type: 'category' } },
      checks: {
        type: { fail: 0 },
        categories: { fail: 0 },
        drift: { metric: 'l_infinity_robust', warn: null, fail: 0.1 },
        'completeness/_c0': { fail: 1 },
        'completeness/message': { fail: 1 },
      },
    });
    expect(parseMonitor(JSON.stringify(monitor), 'm')).toEqual(monitor);
    expect(read).toEqual(['base/constraints.json: data-quality constraints']);
    expect(notes).toEqual([expect.stringMatching(/is_non_negative of "_c0"/), expect.stringMatching(/the values in domains of "message"/)]);
  });

  it('of the first release, as the SDK keeps one, is read too', () => {
    const text = JSON.stringify({
      version: 0.0,
      features: [
        {
          ...TEXT,
          string_constraints: { domains: ['x'], monitoring_config_overrides: { evaluate_constraints: 'Enabled', emit_metrics: 'Enabled' } },
        },
      ],
      monitoring_config: {
        evaluate_constraints: 'Enabled',
        distribution_constraints: { enable_comparisons: true, min_domain_mass: 1.0, comparison_threshold: 1.0 },
      },
    });
    const { monitor, notes } = imported({ 'constraints.json': text });
    expect(monitor.checks).toMatchObject({ drift: { metric: 'l_infinity_robust', fail: 1 }, 'completeness/message': { fail: 1 } });
    expect(monitor.checks).not.toHaveProperty('type/message');
    expect(notes).toContain('constraints.json: "monitoring_config.distribution_constraints.min_domain_mass" is unknown, and ignored');
  });

  it.each([
    ['Simple', { comparison_method: 'Simple' }, { metric: 'l_infinity_distance', warn: null, fail: 0.1 }],
    [
      'Robust, as the guide misspelled it',
      { comparison_method: undefined, comparion_method: 'Simple' },
      { metric: 'l_infinity_distance', warn: null, fail: 0.1 },
    ],
    ['a threshold', { comparison_threshold: 0.25 }, { metric: 'l_infinity_robust', warn: null, fail: 0.25 }],
    ['no comparison', { perform_comparison: 'Disabled' }, 'off'],
  ])('%s', (_, of, drift) => {
    expect(checksOf(constraints([FRACTIONAL], distribution(of)))).toMatchObject({ drift });
  });

  it('categories may have a threshold of their own, and Pearson is replaced by our own test, said once a column', () => {
    const own = checksOf(
      constraints([FRACTIONAL, TEXT], distribution({ categorical_comparison_threshold: 0.3, categorical_drift_method: 'LInfinity' })),
    );
    expect(own).toMatchObject({ drift: { fail: 0.1 }, 'drift/message': { metric: 'l_infinity_robust', fail: 0.3 } });
    expect(own).not.toHaveProperty('drift/_c0');
    const { monitor, notes } = imported({
      'constraints.json': constraints([FRACTIONAL, TEXT], distribution({ categorical_drift_method: 'ChiSquared' })),
    });
    expect(monitor.checks!['drift/message']).toEqual({ metric: 'jensen_shannon_distance', warn: 0.05, fail: 0.1 });
    expect(notes.filter((line) => line.includes('ChiSquared'))).toHaveLength(1);
  });

  it.each(['monitoringConfigOverrides', 'monitoring_config_overrides'])('overrides a feature by %s, on it or in its constraints', (key) => {
    const disabled = { [key]: { evaluate_constraints: 'Disabled' } };
    for (const feature of [
      { ...FRACTIONAL, ...disabled },
      { ...FRACTIONAL, num_constraints: disabled },
    ]) {
      const checks = checksOf(constraints([feature, TEXT]));
      for (const check of CHECKS_OF_A_COLUMN) expect(checks[`${check}/_c0`]).toBe('off');
      expect(checks['completeness/message']).toEqual({ fail: 1 });
    }
    const lax = { ...FRACTIONAL, [key]: { datatype_check_threshold: 0.9, distribution_constraints: { comparison_threshold: 0.4 } } };
    expect(checksOf(constraints([lax]))).toMatchObject({
      'type/_c0': { fail: 0.1 },
      'drift/_c0': { metric: 'l_infinity_robust', fail: 0.4 },
    });
  });

  it('switches everything off where constraints are not evaluated, but a feature that is', () => {
    const on = { ...FRACTIONAL, monitoringConfigOverrides: { evaluate_constraints: 'Enabled' } };
    const checks = checksOf(constraints([on, TEXT], { ...CONFIG, evaluate_constraints: 'Disabled' }));
    for (const check of CHECKS_OF_A_COLUMN) expect(checks[check]).toBe('off');
    expect(checks['completeness/_c0']).toEqual({ fail: 1 });
    expect(checks['drift/_c0']).toEqual({ metric: 'l_infinity_robust', warn: null, fail: 0.1 });
    expect(checks['range/_c0']).toEqual({});
    expect(checks).not.toHaveProperty('completeness/message');
  });

  it('leaves types open that cannot be told, and takes statistics to tell them', () => {
    const features = [
      { name: 'note', inferred_type: 'String' },
      { name: 'flag', inferred_type: 'Boolean' },
      { name: 'nothing', inferred_type: 'Unknown' },
    ];
    const common = { num_present: 1000, num_missing: 0 };
    const statistics = (distinct: number | string): string =>
      JSON.stringify({
        version: 0.0,
        dataset: { item_count: 1000 },
        features: [
          {
            name: 'note',
            inferred_type: 'String',
            string_statistics: { common, distinct_count: distinct, distribution: { categorical: { buckets: [] } } },
          },
        ],
      });
    const typeOf = (files: Record<string, string>) => imported({ 'constraints.json': constraints(features), ...files }).monitor.columns;
    expect(typeOf({})).toEqual({ note: {}, flag: { type: 'boolean' }, nothing: {} });
    expect(typeOf({ 'statistics.json': statistics(900) })!.note).toEqual({ type: 'text' });
    expect(typeOf({ 'statistics.json': statistics(7) })!.note).toEqual({ type: 'category' });
    expect(typeOf({ 'statistics.json': statistics('NaN') })!.note).toEqual({});
    const { notes } = imported({ 'constraints.json': constraints([FRACTIONAL]), 'statistics.json': statistics(7) });
    expect(notes[0]).toBe('constraints.json: has no constraints of "note", which the statistics have: their types are inferred');
    expect(imported({ 'statistics.json': statistics(7) }).monitor).toMatchObject({
      columns: { note: {} },
      checks: { 'completeness/note': { fail: 1 } },
    });
  });
});

describe('what is assumed of Assay is so', () => {
  it('names its checks', () => {
    expect(CHECKS_OF_A_COLUMN.filter((name) => !CHECK_NAMES.includes(name))).toEqual([]);
    expect(COLUMN_CHECKS.map(({ id }) => id).filter((id) => !CHECKS_OF_A_COLUMN.includes(id))).toEqual([]);
  });

  it('knows its default bounds', () => {
    const bounds = Object.fromEntries(COLUMN_CHECKS.map(({ id, fail }) => [id, fail]));
    expect(bounds).toMatchObject(DEFAULT_FAIL);
  });
});
