import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { readMonitors } from '../../lib/monitors/read-monitors.ts';
import { makeStack, resources, spelled, statements } from './stack.ts';

const folderOf = (files: Record<string, unknown>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-monitors-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content));
  }
  return folder;
};
const monitor = (name: string, more = {}) => ({ schema: 'assay.monitor/1', monitor: name, ...more });

describe('Monitors of the stack', () => {
  const folder = folderOf({ 'a.json': monitor('loans'), 'cards/monitor.json': monitor('cards'), 'cards/notes.json': {} });
  const { app, stack, template } = makeStack({ monitors: folder });
  const files = resources(template, 'Custom::AWS');

  it('become monitor.json in the data bucket, once its arrivals are listened to', () => {
    const calls = files.map(({ Properties }) => spelled(Properties.Update));
    expect(calls.map((call) => /"Key":"([^"]+)"/.exec(call)?.[1]).sort()).toEqual([
      'monitors/cards/monitor.json',
      'monitors/loans/monitor.json',
    ]);
    expect(calls[0]).toContain(String.raw`\"monitor\": \"loans\"`);
    const rules = resources(template, 'AWS::Events::Rule').map(({ id }) => id);
    for (const { id } of files) expect(template.toJSON().Resources[id].DependsOn).toEqual(expect.arrayContaining([rules[0]]));
  });

  it('are all that the function writing them may write', () => {
    const role = resources(template, 'AWS::IAM::Policy').filter(({ id }) => /Monitors|AWS679/.test(id));
    const allowed = role.flatMap(statements).map(({ Action, Resource }) => [Action, Resource.map(spelled)]);
    expect(allowed.map(([action]) => action)).toEqual([['s3:PutObject'], ['s3:PutObject']]);
    expect(allowed.flatMap(([, resource]) => resource!).every((arn) => /\/monitors\/(loans|cards)\/monitor\.json$/.test(arn))).toBe(true);
    const found = new AwsSolutionsChecks(app, { verbose: true }).validateScope(stack).violations;
    expect(found.map(({ ruleName }) => ruleName)).toEqual([]);
  });

  it('that are wrong stop the stack: the file, the key and what is near are named', () => {
    const wrong = folderOf({ 'a.json': monitor('loans', { endpont: 'x' }) });
    expect(() => makeStack({ monitors: wrong })).toThrow(/a\.json: unknown key "endpont"; did you mean "endpoint"\?/);
    expect(() => readMonitors(folderOf({ 'a.json': monitor('loans'), 'b.json': monitor('loans') }))).toThrow(
      /b\.json: "monitor": another file/,
    );
    expect(() => readMonitors(folderOf({}))).toThrow(/found none/);
  });
});
