import { createWriteStream, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Checksums } from './checksums.ts';
import { ChunkedDecoder } from './chunked.ts';
import { S3Error } from './errors.ts';

/** A body that arrived whole and has the checksums it announced, in a temporary file. */
export interface Received {
  path: string;
  size: number;
  etag: string;
  checksums: Record<string, string>;
}

const LARGEST_DOCUMENT = 4 * 1024 * 1024;

export async function receive(request: IncomingMessage, path: string): Promise<Received> {
  const checksums = new Checksums(request.headers);
  const decoder = new ChunkedDecoder();
  const digest = async function* (source: AsyncIterable<Buffer>) {
    for await (const bytes of source) {
      checksums.update(bytes);
      yield bytes;
    }
  };
  try {
    const body: AsyncIterable<Buffer> = isChunked(request) ? decoder.decode(request) : request;
    await pipeline(digest(body), createWriteStream(path));
    const received = { path, ...checksums.finish(decoder.trailers) };
    const announced = request.headers['x-amz-decoded-content-length'];
    if (announced !== undefined && Number(announced) !== received.size) throw new S3Error('IncompleteBody', 400);
    return received;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** The XML document of a request. */
export async function receiveText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    pieces.push(piece);
    if ((size += piece.length) > LARGEST_DOCUMENT) throw new S3Error('MalformedXML', 400, 'The document is too large.');
  }
  return Buffer.concat(pieces).toString();
}

const isChunked = ({ headers }: IncomingMessage): boolean =>
  String(headers['x-amz-content-sha256']).startsWith('STREAMING-') || String(headers['content-encoding']).includes('aws-chunked');
