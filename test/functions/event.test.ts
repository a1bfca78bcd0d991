import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedRecordError, parseRecord } from '../../functions/ingest/event.ts';

const sample = (name: string) => readFileSync(new URL(`./events/${name}.json`, import.meta.url), 'utf8');
const parse = (body: string) => parseRecord({ body }, 'data-bucket');
const parseSample = (name: string) => parse(sample(name));

/** The samples with another key, in S3's own encodings. */
const eventBridge = (key: string, bucket = 'capture-bucket', size = 7) => {
  const event = JSON.parse(sample('eventbridge-object-created'));
  event.detail.bucket.name = bucket;
  Object.assign(event.detail.object, { key, size });
  return JSON.stringify(event);
};
const notification = (key: string, bucket = 'capture-bucket', size = 7) => {
  const event = JSON.parse(sample('s3-object-created'));
  event.Records[0].s3.bucket.name = bucket;
  Object.assign(event.Records[0].s3.object, { key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'), size });
  return JSON.stringify(event);
};
const SHAPES = { eventBridge, notification };

describe('accepted', () => {
  it('reads an EventBridge event', () => {
    expect(parseSample('eventbridge-object-created')).toEqual([
      {
        bucket: 'capture-bucket',
        key: 'credit-risk-prod/AllTraffic/2026/11/23/10/15-02-482-8c2f.jsonl',
        etag: 'b1946ac92492d2347c6235b4d2611184',
        versionId: 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
        size: 1042,
        time: '2026-11-23T10:15:02Z',
      },
    ]);
  });

  it('reads an S3 notification as the same object', () => {
    expect(parseSample('s3-object-created')).toEqual([
      { ...parseSample('eventbridge-object-created')[0], time: '2026-11-23T10:15:02.000Z' },
    ]);
  });

  it('reads a multipart upload to a bucket without versions', () => {
    expect(parseSample('eventbridge-multipart-unversioned')).toMatchObject([
      { key: 'incoming/big file.parquet', etag: '38b3eff8baf56627478ec76a704e9b52-88', versionId: undefined, size: 734003200 },
    ]);
  });

  it('reads every record of a notification', () => {
    expect(parseSample('s3-two-records').map(({ key }) => key)).toEqual(['a+b c%20.csv', 'größe/日本 ß.csv']);
  });

  const KEYS = ['a b.csv', 'a+b c%20.csv', '%2F', 'größe/日本/😀.csv', `${'k'.repeat(996)}.csv`, 'a//b', '../x', 'q?&=#.csv', '"\'<>.csv'];
  for (const [shape, make] of Object.entries(SHAPES)) {
    it.each(KEYS)(`keeps the key %s in an event of shape ${shape}`, (key) => {
      expect(parse(make(key))).toMatchObject([{ key, bucket: 'capture-bucket' }]);
    });

    it(`keeps any key in an event of shape ${shape}`, () => {
      const anyKey = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }).filter((key) => !key.endsWith('/'));
      fc.assert(fc.property(anyKey, (key) => parse(make(key))[0]!.key === key));
    });
  }
});

describe('ignored', () => {
  it.each(['s3-test-event', 'eventbridge-folder', 'eventbridge-own-output'])('%s', (name) => {
    expect(parseSample(name)).toEqual([]);
  });

  for (const [shape, make] of Object.entries(SHAPES)) {
    it.each([
      'records/monitor=m/x.parquet',
      'profiles/x',
      'reports/m/x.json',
      'metrics/x',
      'rejected/m/x.jsonl',
      'alerts/m/f/w',
      'backfills/m/0/x/manifest.json',
      'monitors/m/baseline/3fa9/cuts.json',
      'monitors/m/baseline/current.json',
    ])(`own output %s of shape ${shape}`, (key) => {
      expect(parse(make(key, 'data-bucket'))).toEqual([]);
      expect(parse(make(key, 'capture-bucket'))).toHaveLength(1);
    });
  }

  it.each(['monitors/m/monitor.json', 'monitors/m/baseline/input/a.csv', 'incoming/records/a.csv'])('but not %s', (key) => {
    expect(parse(eventBridge(key, 'data-bucket'))).toHaveLength(1);
  });

  it('but not an empty object that is no folder, nor a folder name with content', () => {
    expect(parse(eventBridge('empty.csv', 'capture-bucket', 0))).toHaveLength(1);
    expect(parse(notification('odd/', 'capture-bucket', 5))).toHaveLength(1);
  });
});

describe('rejected', () => {
  it.each([
    ['eventbridge-object-deleted', 'detail-type'],
    ['eventbridge-without-key', 'detail.object.key'],
    ['s3-object-removed', 'Records.0.eventName'],
    ['s3-malformed-key', 'incoming/100%zz.csv'],
  ])('%s, naming %s', (name, word) => {
    expect(() => parseSample(name)).toThrow(MalformedRecordError);
    expect(() => parseSample(name)).toThrow(word);
  });

  it.each(['', 'not json', 'null', '[]', '7', '{}', '{"Records":7}', '{"Records":[null]}'])('the body %s', (body) => {
    expect(() => parse(body)).toThrow(MalformedRecordError);
  });

  it('any JSON that is no event, always with the same error', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(() => parse(body)).toThrow(MalformedRecordError);
      }),
    );
  });
});
