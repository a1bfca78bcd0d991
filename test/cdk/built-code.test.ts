import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { type Json, makeStack } from './stack.ts';

describe('code', () => {
  it('that is built deploys without conditions', () => {
    const { template, stack } = makeStack();
    expect(Object.keys(template.findParameters('BuiltCode'))).toEqual([]);
    expect(Object.keys(template.toJSON().Rules ?? {}).filter((name) => name.includes('NotBuilt'))).toEqual([]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  it('that is missing can be synthesised, with a warning, and is refused by CloudFormation in words', () => {
    const { template, stack } = makeStack({}, false);
    const rules = Object.entries<Json>(template.toJSON().Rules).filter(([name]) => name.includes('NotBuilt'));
    expect(rules).toHaveLength(6);
    for (const [, { Assertions }] of rules) expect(Assertions[0].Assert).toEqual({ 'Fn::Equals': [{ Ref: 'BuiltCode' }, 'complete'] });
    expect(rules.map(([, { Assertions }]) => Assertions[0].AssertDescription)).toContain(
      'layers/duckdb/dist/arm64 was not built: run `npm run layers`, then deploy again.',
    );
    template.hasParameter('BuiltCode', { Default: 'missing' });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cannot be deployed'))).toHaveLength(6);
  });
});
