import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom, shuffle } from '../../local/random.ts';
import { ChunkedDecoder } from '../../local/s3/chunked.ts';

async function decode(pieces: Buffer[]) {
  const decoder = new ChunkedDecoder();
  const out: Buffer[] = [];
  async function* source() {
    yield* pieces;
  }
  for await (const bytes of decoder.decode(source())) out.push(bytes);
  return { body: Buffer.concat(out), trailers: Object.fromEntries(decoder.trailers) };
}

const frame = (chunk: Uint8Array) => [
  Buffer.from(`${chunk.length.toString(16)};chunk-signature=abc\r\n`),
  Buffer.from(chunk),
  Buffer.from('\r\n'),
];
const END = Buffer.from('0\r\nx-amz-checksum-crc32: AAAA==\r\nX-Other:1\r\n\r\n');

/** The same bytes, cut anywhere. */
const cutAt = (bytes: Buffer, places: number[]) => {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut));
};

test('any body comes out of its frames, wherever the network cuts them', async () => {
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.array(fc.nat(), { maxLength: 30 }), async (body, places) => {
      const framed = Buffer.concat([...body.flatMap(frame), END]);
      const decoded = await decode(cutAt(framed, places));
      expect(decoded.body.equals(Buffer.concat(body))).toBe(true);
      expect(decoded.trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAA==', 'x-other': '1' });
    }),
  );
});

test.each(['', '5\r\nabc', '5\r\nabcdeXX0\r\n\r\n', 'zz\r\n\r\n', '-1\r\n', '\r\n', '3\r\nabc\r\n', 'a'.repeat(9000)])(
  'a broken body is refused: %j',
  async (text) => {
    await expect(decode([Buffer.from(text)])).rejects.toThrow('aws-chunked');
  },
);

test('a seed repeats its order', () => {
  const order = (seed: number) => {
    const items = Array.from({ length: 20 }, (_, i) => i);
    shuffle(items, seededRandom(seed));
    return items.join();
  };
  expect(order(5)).toBe(order(5));
  expect(order(5)).not.toBe(order(6));
});
