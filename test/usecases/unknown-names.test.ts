import { expect, it } from 'vitest';
import type { Monitor } from '../../layers/quality/contract/monitor.ts';
import { unknownNames } from '../../layers/quality/usecases/unknown-names.ts';

it('says which columns and checks of a monitor are of no column', () => {
  const monitor: Monitor = {
    schema: 'assay.monitor/1',
    monitor: 'loans',
    columns: { outcom: { role: 'label' }, score: { role: 'score' }, zip: { type: 'text' } },
    checks: { 'drift/incme': { fail: 0.2 }, 'drift/income': 'off', drift: { fail: 0.3 }, 'performance/recall@region=N': { fail: 0.1 } },
  };
  expect(unknownNames(monitor, ['outcome', 'score', 'income'])).toEqual([
    'no column "outcom" (label); did you mean "outcome"?',
    'no column "zip"',
    'checks: drift/incme: no column "incme"; did you mean "income"?',
  ]);
  expect(unknownNames({}, [])).toEqual([]);
  const later = { columns: { outcome: { role: 'label' } }, labels: { location: 's3://b/labels/' } } as const;
  expect(unknownNames(later, ['score'])).toEqual([]);
});
