/** An error as S3 answers it: a code, a status and words. */
export class S3Error extends Error {
  override readonly name = 'S3Error';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string = code,
  ) {
    super(message);
  }
}

export const noSuchKey = () => new S3Error('NoSuchKey', 404, 'The specified key does not exist.');
export const noSuchBucket = () => new S3Error('NoSuchBucket', 404, 'The specified bucket does not exist.');
export const preconditionFailed = () =>
  new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold.');
export const notImplemented = (what: string) => new S3Error('NotImplemented', 501, `The local S3 does not implement ${what}.`);
