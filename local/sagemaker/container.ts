/** A payload and its media type. */
export interface Payload {
  contentType: string;
  body: Buffer;
}

/** What a model's container does with a request: an answer, or a ContainerError. */
export type Container = (request: Payload) => Promise<Payload>;

/** The container refused or failed, with the HTTP status it answered with. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
