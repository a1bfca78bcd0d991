import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createBottomK } from '../../layers/quality/states/bottom-k.ts';
import { decodeStored, encodeStored, objectIn, type ProfiledObject, unpackStored } from '../../layers/quality/usecases/audit-profile.ts';

const KEY = 'profiles/one.json.gz';
const object: ProfiledObject = {
  uri: 's3://b/data/","object":{"ä}.csv',
  etag: 'e',
  sha256: '0'.repeat(64),
  bytes: 1,
  rejected: 0,
  columns: ['object', ',"object":', 'ö'],
};
const table = { distinct: createBottomK(4) };
const columns = new Map([[',"object":{', table]]);

describe('a stored profile', () => {
  it('says what it is of, whatever that is called, without being parsed', () => {
    const text = unpackStored(encodeStored({ cutsId: 'c', rows: 3, columns, table }, object), KEY);
    expect(objectIn(text, KEY)).toEqual(object);
    expect(decodeStored(text, KEY)).toMatchObject({ cutsId: 'c', rows: 3, columns: [',"object":{'], object });
  });

  it('of a release that did not keep it is of nothing known', () => {
    const text = Buffer.from(JSON.stringify({ cuts: 'c', rows: 3, columns: [['object', {}]] }));
    expect(objectIn(text, KEY)).toBeNull();
    expect(decodeStored(text, KEY).object).toBeNull();
  });

  it('that is none says so with its key', () => {
    expect(() => unpackStored(Buffer.from('no gzip'), KEY)).toThrow(`${KEY} is no profile`);
    const text = unpackStored(gzipSync('{"cuts":"c","object":{"uri"'), KEY);
    expect(() => objectIn(text, KEY)).toThrow(`${KEY} is no profile`);
    expect(() => decodeStored(text, KEY)).toThrow(`${KEY} is no profile`);
    expect(() => decodeStored(Buffer.from('{}'), KEY)).toThrow();
  });
});
