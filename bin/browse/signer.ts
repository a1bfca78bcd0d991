import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { SourceData } from '@smithy/types';

/** Headers that sign a GET of an address for API Gateway, as whoever runs this. */
export type Sign = (url: URL, method: string) => Promise<Record<string, string>>;

/** SHA-256 as the signer wants it: plain, or keyed. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: SourceData) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    throw new Error('a digest is made once');
  }
}

const bytesOf = (data: SourceData): Buffer =>
  typeof data === 'string'
    ? Buffer.from(data)
    : ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data);

/** Signature Version 4 with the credentials of the environment, a profile, a login or the machine, renewed as they run out. */
export async function createSigner(region: string): Promise<Sign> {
  const [{ SignatureV4 }, { defaultProvider }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@aws-sdk/credential-provider-node'),
  ]);
  const credentials = defaultProvider();
  await credentials();
  const signer = new SignatureV4({ credentials, region, service: 'execute-api', sha256: Sha256 });
  return async ({ protocol, hostname, port, host, pathname, searchParams }, method) => {
    const query: Record<string, string[]> = {};
    for (const name of searchParams.keys()) query[name] = searchParams.getAll(name);
    const headers = { host };
    const { headers: signed } = await signer.sign({
      ...{ method, protocol, hostname, path: pathname, query, headers },
      ...(port !== '' && { port: Number(port) }),
    });
    return signed;
  };
}
