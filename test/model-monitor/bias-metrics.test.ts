import { expect, it } from 'vitest';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import { biasMetrics } from '../../layers/quality/model-monitor/index.ts';

/** The run of AWS's notebook over 334 rows: women (TP 2, FN 78, TN 30) against all others (vector C3). */
const split = { facet: fromConfusion(2, 0, 78, 30), rest: fromConfusion(32, 17, 130, 45) };
const subject = (value = 'F') => ({ label: 'Target', labelValue: '1', groups: [{ facet: 'Sex', value, split, flipTest: { value: 0 } }] });
const metricOf = (name: string) => biasMetrics(subject()).find((metric) => metric.name === name)?.value;

it('are the numbers that the job of the notebook printed', () => {
  const printed = {
    ...{ CI: 0.3413173652694611, DPL: -0.0040584415584415945, JS: 1.033236669712237e-5, KL: 4.139295621317148e-5 },
    ...{ KS: 0.0040584415584415945, LP: 0.0057395030940467036, TVD: 0.0040584415584415945, AD: 0.052840909090909105 },
    ...{ DAR: -0.34693877551020413, DCA: -36.69387755102041, DCR: -0.07650793650793647, DI: 0.08311688311688312 },
    ...{ DPPL: 0.2005681818181818, DRR: 0.020634920634920673, GE: 0.9454985573866695, RD: 0.17253086419753086, SD: 0.27419354838709675 },
    FT: 0,
  };
  for (const [code, value] of Object.entries(printed))
    expect([code, metricOf(`bias_metric_${code}`)]).toEqual([code, expect.closeTo(value, 9)]);
  // Without a group variable the conditional disparities have no value, and no metric.
  expect(
    biasMetrics(subject())
      .map(({ name }) => name.replace('bias_metric_', ''))
      .sort(),
  ).toEqual([...Object.keys(printed), 'TE'].sort());
});

it('put infinity as the number Model Monitor puts', () => {
  expect(metricOf('bias_metric_TE')).toBe(2.348543e108);
  const turned = { ...subject(), groups: [{ ...subject().groups[0]!, split: { facet: split.rest, rest: split.facet } }] };
  expect(biasMetrics(turned).find(({ name }) => name === 'bias_metric_TE')?.value).toBe(-2.348543e108);
});

it('say stage, label and facet, as its dimensions do', () => {
  const of = (name: string) => biasMetrics(subject()).find((metric) => metric.name === name)?.dimensions;
  const same = { Label: 'Target', LabelValue: '1', Facet: 'Sex', FacetValue: 'F' };
  expect([of('bias_metric_CI'), of('bias_metric_DI')]).toEqual([
    { BiasStage: 'Pre-training', ...same },
    { BiasStage: 'Post-Training', ...same },
  ]);
});

it('leave out the flip test where it was not made, and groups whose name CloudWatch does not take', () => {
  const [group] = subject().groups;
  const without = biasMetrics({ ...subject(), groups: [{ ...group!, flipTest: undefined }] });
  expect(without.map(({ name }) => name)).not.toContain('bias_metric_FT');
  expect(without).toHaveLength(18);
  for (const value of ['männlich', ':F', '  ', '']) expect(biasMetrics(subject(value))).toEqual([]);
});
