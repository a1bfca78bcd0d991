import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeStack, resources, statements } from './stack.ts';

describe('The list of policies', () => {
  const { template } = makeStack({ captureBuckets: ['their-capture'] });
  const file = join(mkdtempSync(join(tmpdir(), 'assay-policies-')), 'template.json');
  writeFileSync(file, JSON.stringify(template.toJSON()));
  const printed = execFileSync(process.execPath, ['scripts/policies.mjs', file, 'their-capture'], { encoding: 'utf8' });

  it('names every action the template allows', () => {
    const allowed = resources(template, 'AWS::IAM::Policy').flatMap(statements);
    expect(allowed.length).toBeGreaterThan(5);
    for (const { Action } of allowed) for (const action of Action) expect(printed).toContain(action);
  });

  it('prints what the owner of another bucket allows to the roles that read it: reading alone', () => {
    const policy = JSON.parse(printed.slice(printed.indexOf('\n{') + 1));
    expect(policy.Statement.map(({ Action }: { Action: string }) => Action)).toEqual(['s3:ListBucket', 's3:GetObject']);
    for (const { Principal } of policy.Statement) expect(Principal.AWS.length).toBeGreaterThanOrEqual(3);
  });
});
