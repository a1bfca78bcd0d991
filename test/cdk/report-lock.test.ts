import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { makeStack, resources, spelled, statements } from './stack.ts';

const dataBucket = (template: Parameters<typeof resources>[0]) =>
  resources(template, 'AWS::S3::Bucket').find(({ id }) => !id.includes('AccessLog'))!;

describe('Reports that are locked', () => {
  const { app, stack, template } = makeStack({ reportLockDays: 2555, reportLockMode: 'compliance' });

  it('are in a bucket that can lock, without a default for all else', () => {
    const { Properties } = dataBucket(template);
    expect([Properties.ObjectLockEnabled, Properties.ObjectLockConfiguration]).toEqual([true, undefined]);
  });

  it('are locked by those who write them, and by nobody else', () => {
    const locking = resources(template, 'AWS::Lambda::Function').filter(
      ({ Properties }) => Properties.Environment?.Variables.REPORT_LOCK_DAYS,
    );
    expect(locking.map(({ Properties }) => Properties.Environment.Variables.REPORT_LOCK_MODE)).toEqual(Array(3).fill('COMPLIANCE'));
    const allowed = resources(template, 'AWS::IAM::Policy')
      .flatMap(statements)
      .filter(({ Action }) => Action.some((action) => /Retention|LegalHold|Governance/.test(action)));
    expect(allowed).toHaveLength(3);
    for (const { Action, Resource } of allowed)
      expect([Action, Resource.map(spelled)]).toEqual([['s3:PutObjectRetention'], [expect.stringMatching(/\/reports\/\*$/)]]);
  });

  it('give cdk-nag nothing to find', () => {
    expect(new AwsSolutionsChecks(app, { verbose: true }).validateScope(stack).violations).toEqual([]);
  });
});

it('Reports are not locked unless asked', () => {
  const { template } = makeStack();
  expect(dataBucket(template).Properties.ObjectLockEnabled).toBeUndefined();
  expect(JSON.stringify(template.toJSON())).not.toMatch(/REPORT_LOCK|PutObjectRetention/);
});
