import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../functions/shared/environment.ts';

const ENVIRONMENT = { DATA_BUCKET: 'data-bucket', SCRATCH_BYTES: '4294967296', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '3538' };

describe('ingest environment', () => {
  it('derives memory and workers from the size of the function', () => {
    expect(readEnvironment(ENVIRONMENT)).toEqual({
      dataBucket: 'data-bucket',
      memoryMB: 2122,
      workers: 2,
      scratch: '/tmp/assay-ingest',
      scratchBytes: 4294967296,
      service: 'assay',
    });
  });

  it('has what tells people and programs, where it is given', () => {
    const given = { ALERT_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:alerts', EVENT_BUS: 'default', METRICS_SERVICE: 'Quality' };
    expect(readEnvironment({ ...ENVIRONMENT, ...given })).toMatchObject({
      topicArn: given.ALERT_TOPIC_ARN,
      eventBus: 'default',
      service: 'Quality',
    });
  });

  it.each([
    ['128', 1],
    ['1768', 1],
    ['1769', 1],
    ['3538', 2],
    ['10240', 5],
  ])('gives %s MB %d worker(s)', (memory, workers) => {
    expect(readEnvironment({ ...ENVIRONMENT, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory }).workers).toBe(workers);
  });

  it('locks reports where it says for how many days', () => {
    expect(readEnvironment({ ...ENVIRONMENT, REPORT_LOCK_DAYS: '365' }).reportLock).toEqual({ mode: 'GOVERNANCE', days: 365 });
    expect(readEnvironment({ ...ENVIRONMENT, REPORT_LOCK_MODE: 'COMPLIANCE' }).reportLock).toBeUndefined();
    expect(() => readEnvironment({ ...ENVIRONMENT, REPORT_LOCK_DAYS: '0' })).toThrow('REPORT_LOCK_DAYS');
  });

  it('puts its scratch folder where TMPDIR says', () => {
    expect(readEnvironment({ ...ENVIRONMENT, TMPDIR: '/data/tmp' }).scratch).toBe('/data/tmp/assay-ingest');
  });

  it.each(['DATA_BUCKET', 'SCRATCH_BYTES', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'])('names a missing %s', (name) => {
    expect(() => readEnvironment({ ...ENVIRONMENT, [name]: undefined })).toThrow(name);
  });

  it('names a variable that is no number', () => {
    expect(() => readEnvironment({ ...ENVIRONMENT, SCRATCH_BYTES: 'much' })).toThrow('SCRATCH_BYTES');
  });
});
