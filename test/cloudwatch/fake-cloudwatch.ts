import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricAlarm, PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { onTestFinished } from 'vitest';
import { receiveUpTo } from '../../local/loopback.ts';

/** A CloudWatch that has alarms, keeps what it is asked to put, and refuses the namespaces it is told to, as the service words it. */
export async function fakeCloudWatch(
  refused: string[] = [],
  alarms: MetricAlarm[] = [],
): Promise<{ url: string; put: PutMetricDataCommandInput[] }> {
  const put: PutMetricDataCommandInput[] = [];
  const server = createServer(async (request, response) => {
    const input = JSON.parse((await receiveUpTo(1e6, request))!.toString('utf8')) as PutMetricDataCommandInput;
    if (request.headers['x-amz-target']?.toString().endsWith('.DescribeAlarms')) {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify({ MetricAlarms: alarms }));
      return;
    }
    const no = refused.includes(input.Namespace!);
    if (!no) put.push(input);
    const headers = { 'content-type': 'application/x-amz-json-1.0', ...(no && { 'x-amzn-query-error': 'InvalidParameterValue;Sender' }) };
    const message = `The value ${input.Namespace} for parameter Namespace is invalid.`;
    const type = 'com.amazonaws.cloudwatch.v2010_08_01#InvalidParameterValueException';
    response.writeHead(no ? 400 : 200, headers).end(JSON.stringify(no ? { __type: type, message } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, put };
}
