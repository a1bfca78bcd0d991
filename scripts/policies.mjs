// What the synthesised stack may do, as a list, and what owners of other buckets have to allow: `npx cdk synth -q && npm run policies`.
// Names of buckets after the template's are those of other accounts: `npm run policies -- cdk.out/Assay.template.json their-capture`.
import { readFileSync } from 'node:fs';

const [file = 'cdk.out/Assay.template.json', ...foreign] = process.argv.slice(2);
const { Resources: resources } = JSON.parse(readFileSync(file, 'utf8'));
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** A value of the template as text: references in angle brackets. */
const spelled = (value) => {
  if (typeof value === 'string') return value;
  const [[intrinsic, of]] = Object.entries(value);
  if (intrinsic === 'Ref') return `<${of}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${of[0]}${of[1] === 'Arn' ? '' : `.${of[1]}`}>`;
  if (intrinsic === 'Fn::Join') return of[1].map(spelled).join(of[0]);
  return JSON.stringify(value);
};

const rows = Object.values(resources)
  .filter(({ Type }) => Type === 'AWS::IAM::Policy')
  .flatMap(({ Properties }) =>
    list(Properties.PolicyDocument.Statement).map((statement) => ({
      roles: list(Properties.Roles).map(spelled).join(', '),
      actions: list(statement.Action).join(', '),
      resources: list(statement.Resource).map(spelled),
      condition: statement.Condition === undefined ? '' : ` if ${JSON.stringify(statement.Condition)}`,
    })),
  );
for (const role of new Set(rows.map(({ roles }) => roles))) {
  console.log(role);
  for (const { actions, resources: on, condition } of rows.filter(({ roles }) => roles === role))
    console.log(`  ${actions}${condition}\n${on.map((resource) => `      ${resource}`).join('\n')}`);
}

/** The statements a bucket of another account needs: reading alone, by each of our roles that reads it. */
for (const bucket of foreign) {
  const readers = new Set(rows.filter(({ resources: on }) => on.some((arn) => arn.includes(`:::${bucket}`))).map(({ roles }) => roles));
  const principals = { AWS: [...readers].map((role) => `arn:aws:iam::ACCOUNT:role/${role.slice(1, -1)}`) };
  const statements = [
    { Effect: 'Allow', Principal: principals, Action: 's3:ListBucket', Resource: `arn:aws:s3:::${bucket}` },
    { Effect: 'Allow', Principal: principals, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
  ];
  console.log(
    `\n${bucket}: what its owner adds to the bucket's policy, with ACCOUNT and the roles' names as deployed; to its key's policy kms:Decrypt for the same`,
  );
  console.log(JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2));
}
