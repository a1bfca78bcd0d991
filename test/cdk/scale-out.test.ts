import asl from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { backfillMachine, MACHINE_DEFAULTS, MACHINE_PLACES, type MachinePlaces } from '../../layers/quality/contract/backfill-machine.ts';
import { OWN_PREFIXES } from '../../layers/quality/contract/keys.ts';
import { type Json, makeStack, resources, spelled, statements } from './stack.ts';

const { template } = makeStack({ captureBuckets: 'capture-one' });
const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
const definition = JSON.parse(machine!.Properties.DefinitionString);
/** As CloudFormation fills it in. */
const filledIn = (): Json => {
  const function_ = 'arn:aws:lambda:eu-central-1:111122223333:function:name';
  const values: MachinePlaces = { Partition: 'aws', IngestFunction: function_, AuditFunction: function_, DataBucket: 'data-bucket' };
  return JSON.parse(
    machine!.Properties.DefinitionString.replaceAll(/\$\{(\w+)\}/g, (_: string, name: keyof MachinePlaces) => values[name]),
  );
};
const functionId = (name: string): string =>
  resources(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith(`Assay${name}`))!.id;
const rights = resources(template, 'AWS::IAM::Policy')
  .filter(({ id }) => id.startsWith('AssayScaleOut'))
  .flatMap(statements);
const resourcesOf = (action: string): string[] =>
  rights.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource.map(spelled));

describe('the definition', () => {
  it('is Amazon States Language', () => {
    expect(asl(filledIn())).toMatchObject({ isValid: true, errors: [] });
  });

  it.each([
    ['a transition to a state that is not there', (made: Json) => (made.States.Objects.Next = 'Nowhere')],
    ['a field that a state has not', (made: Json) => (made.States.Windows.ItemProcessor.States.Audit.Retries = [])],
  ])('would not be with %s', (_, change) => {
    const made = filledIn();
    change(made);
    expect(asl(made).isValid).toBe(false);
  });

  it('is the one that the embedded cloud runs, with a place for whatever is different there', () => {
    expect(definition).toEqual(JSON.parse(JSON.stringify(backfillMachine(MACHINE_DEFAULTS))));
    const named = [...machine!.Properties.DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual([...MACHINE_PLACES].sort());
    const filled = Object.entries(machine!.Properties.DefinitionSubstitutions).map(([name, value]) => [name, spelled(value)]);
    expect(Object.fromEntries(filled)).toMatchObject({
      IngestFunction: `<${functionId('Ingest')}.Arn>`,
      AuditFunction: `<${functionId('Audit')}.Arn>`,
    });
  });

  it('spreads objects over functions, with room for few that fail, and repeats what may go well again', () => {
    const { Objects } = definition.States;
    expect(Objects).toMatchObject({ MaxConcurrency: 40, ToleratedFailurePercentage: 5, ItemBatcher: { MaxItemsPerBatch: 25 } });
    expect(Objects.ItemProcessor.ProcessorConfig).toEqual({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
    for (const { Retry } of [Objects.ItemProcessor.States.Ingest, definition.States.Windows.ItemProcessor.States.Audit])
      for (const each of Retry) expect(each).toMatchObject({ JitterStrategy: 'FULL', BackoffRate: 2 });
  });
});

describe('the state machine', () => {
  it('logs what it does, and traces it', () => {
    expect(machine!.Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
    });
    expect(machine!.Properties.LoggingConfiguration).not.toHaveProperty('IncludeExecutionData');
  });

  it('calls the two functions and no other', () => {
    expect(resourcesOf('lambda:InvokeFunction').sort()).toEqual([`<${functionId('Audit')}.Arn>`, `<${functionId('Ingest')}.Arn>`]);
  });

  it('lists what may be data, and writes what became of it', () => {
    const [own, captured] = rights.filter(({ Action }) => Action.includes('s3:ListBucket'));
    expect(own!.Condition).toEqual({ StringNotLike: { 's3:prefix': OWN_PREFIXES.map((prefix) => `${prefix}*`) } });
    expect(captured!.Resource.map(spelled)).toEqual(['arn:<AWS::Partition>:s3:::capture-one']);
    for (const action of ['s3:PutObject', 's3:GetObject'])
      expect(resourcesOf(action).map((resource) => resource.replace(/^<\w+\.Arn>/, ''))).toEqual(['/backfills/*']);
  });

  it('starts and stops children of its own, and nobody else', () => {
    const own = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<${machine!.id}.Name>`;
    expect(resourcesOf('states:StartExecution')).toEqual([`<${machine!.id}>`]);
    expect(resourcesOf('states:StopExecution')).toEqual([`${own}:*`]);
    expect(resourcesOf('states:RedriveExecution')).toEqual([`${own}/Objects:*`]);
  });

  it('may use the key of the data bucket, where it has one', () => {
    const key = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-000000000001';
    const { template } = makeStack({ encryptionKeyArn: key });
    const allowed = resources(template, 'AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith('AssayScaleOut'))
      .flatMap(statements)
      .filter(({ Resource }) => Resource.includes(key));
    expect(allowed.flatMap(({ Action }) => Action).sort()).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });
});
