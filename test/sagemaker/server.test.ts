import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { DescribeEndpointCommand, DescribeModelPackageCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ENDPOINT, PACKAGE, registered } from './descriptions.ts';
import { stubAws, world } from './fixture.ts';

const client = (url: string, region = 'eu-central-1'): SageMakerClient => {
  stubAws(url);
  const made = new SageMakerClient({ region, maxAttempts: 1 });
  onTestFinished(() => made.destroy());
  return made;
};

/** A request as no SDK makes it. */
const raw = (url: string, headers: Record<string, string>, body = '{}', path = '/'): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += data.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
const target = (operation: string): Record<string, string> => ({ 'x-amz-target': `SageMaker.${operation}` });

describe('the control plane on this machine, asked by the SDK', () => {
  it('answers with the file, and with name, ARN and time where it does not say them', async () => {
    const { urls } = await world();
    const answer = await client(urls.sagemaker).send(new DescribeEndpointCommand({ EndpointName: ENDPOINT }));
    expect(answer).toMatchObject({
      EndpointName: ENDPOINT,
      EndpointArn: `arn:aws:sagemaker:eu-central-1:000000000000:endpoint/${ENDPOINT}`,
      EndpointStatus: 'InService',
    });
    expect(answer.CreationTime).toBeInstanceOf(Date);
  });

  it('finds a model package by its ARN and by GROUP/VERSION', async () => {
    const { urls } = await world(registered());
    for (const ModelPackageName of [PACKAGE, 'credit/7']) {
      const answer = await client(urls.sagemaker, 'us-east-1').send(new DescribeModelPackageCommand({ ModelPackageName }));
      expect(answer).toMatchObject({ ModelPackageArn: PACKAGE, ModelPackageVersion: 7 });
    }
  });

  it('does not find what is not there, in the words of SageMaker', async () => {
    const { urls } = await world();
    const sagemaker = client(urls.sagemaker);
    await expect(sagemaker.send(new DescribeEndpointCommand({ EndpointName: 'other' }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Could not find endpoint "arn:aws:sagemaker:eu-central-1:000000000000:endpoint/other".',
    });
    await expect(sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: PACKAGE }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: `ModelPackage ${PACKAGE} does not exist.`,
    });
  });

  it('refuses what it is told to refuse, as IAM words it', async () => {
    const { urls } = await world({}, { denied: ['DescribeEndpoint'] });
    await expect(client(urls.sagemaker).send(new DescribeEndpointCommand({ EndpointName: ENDPOINT }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: sagemaker:DescribeEndpoint on resource: arn:aws:sagemaker:'),
    });
  });

  it('says so where a description is no JSON, without its content', async () => {
    const lines: string[] = [];
    const { urls, path } = await world({}, { log: (line) => lines.push(line) });
    writeFileSync(path(`sagemaker/endpoints/${ENDPOINT}.json`), '{');
    await expect(client(urls.sagemaker).send(new DescribeEndpointCommand({ EndpointName: ENDPOINT }))).rejects.toMatchObject({
      name: 'InternalFailure',
    });
    expect(lines).toHaveLength(1);
  });
});

describe('requests that no SDK makes', () => {
  it.each([
    ['an operation it does not know', target('CreateEndpoint'), '{}', '/', 400, 'UnknownOperationException'],
    ['a property of every object', target('constructor'), '{}', '/', 400, 'UnknownOperationException'],
    ['no operation', {}, '{}', '/', 400, 'UnknownOperationException'],
    ['another path', target('DescribeEndpoint'), '{}', '/x', 400, 'UnknownOperationException'],
    ['a body that is no JSON', target('DescribeEndpoint'), 'EndpointName', '/', 400, 'SerializationException'],
    ['a list', target('DescribeEndpoint'), '[]', '/', 400, 'SerializationException'],
    ['no name', target('DescribeEndpoint'), '{}', '/', 400, 'ValidationException'],
    ['a way out of the folder', target('DescribeEndpoint'), '{"EndpointName":"../models/credit-7"}', '/', 400, 'ValidationException'],
    ['a large body', target('DescribeEndpoint'), ' '.repeat(1_000_001), '/', 413, 'RequestEntityTooLarge'],
    ['a page of another origin', { ...target('DescribeEndpoint'), origin: 'http://evil.example' }, '{}', '/', 403, 'AccessDeniedException'],
    ['a name that resolves to us', { ...target('DescribeEndpoint'), host: 'evil.example' }, '{}', '/', 403, 'AccessDeniedException'],
  ])('%s', async (_, headers, body, path, status, code) => {
    const { urls } = await world();
    const answer = await raw(urls.sagemaker, headers, body, path);
    expect({ status: answer.status, code: JSON.parse(answer.body).__type }).toEqual({ status, code });
  });
});
