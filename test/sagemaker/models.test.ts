import { describe, expect, it } from 'vitest';
import { config, ENDPOINT, endpoint, PACKAGE, registered } from './descriptions.ts';
import { world } from './fixture.ts';

describe('models', () => {
  const TWO = [
    { VariantName: 'Blue', ModelName: 'credit-7' },
    { VariantName: 'Green', ModelName: 'credit-8', InitialVariantWeight: 3 },
  ];
  const other = PACKAGE.replace('/7', '/8').replace('0'.repeat(12), '1'.repeat(12));
  const two = {
    ...registered({ ModelMetrics: {} }),
    [`endpoints/${ENDPOINT}`]: endpoint({ ProductionVariants: undefined }),
    'endpoint-configs/credit-7': config({ ProductionVariants: TWO }),
    'models/credit-8': { PrimaryContainer: { ModelPackageName: other } },
    'model-packages/credit/8': { ModelMetrics: {} },
  };

  it('of several packages that with the most traffic counts', async () => {
    const { facts, notes } = await (await world(two)).found();
    expect(facts.filter((fact) => fact.startsWith('model'))).toHaveLength(2);
    expect(notes).toContainEqual(
      expect.stringContaining(`the baseline is that of ${other}, not of ${PACKAGE}; --variant tells them apart`),
    );
    expect((await (await world(two)).found('Blue')).notes.join()).not.toContain('several model packages');
  });

  it('of another account need the policy of the group', async () => {
    const { notes } = await (await world(two, { denied: ['DescribeModelPackage'] })).found('Green');
    expect(notes.at(-1)).toMatch(
      /add the action sagemaker:DescribeModelPackage .*of account 111111111111: the resource policy of its group/,
    );
  });

  it('of inference components, or many at once, are said', async () => {
    const components = { 'endpoint-configs/credit-7': config({ ProductionVariants: [{ VariantName: 'AllTraffic' }] }) };
    expect((await (await world(components)).found()).notes.at(-1)).toMatch(
      /^variant AllTraffic names no model \(it runs inference components\)/,
    );
    const many = { 'models/credit-7': { PrimaryContainer: { Mode: 'MultiModel' } } };
    expect((await (await world(many)).found()).notes).toContainEqual(
      expect.stringContaining('SageMaker captures nothing of multi-model endpoints'),
    );
  });
});
