import type { ProcessDependencies } from '../usecases/dependencies.ts';

/** A request as HTTP has it, whatever brought it. */
export interface ApiRequest {
  method: string;
  /** Without what lies before `/v1`, and as it was sent: no part of it is decoded. */
  path: string;
  /** What lies before `/v1` in addresses people and programs use, as the stage of an API Gateway: `/live`, or nothing. */
  base: string;
  /** Each parameter with all its values. */
  query: Record<string, string[]>;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: Buffer;
  /** The OpenID Connect issuer whose tokens let requests in; signatures of AWS do without. */
  issuer?: string;
  /** Whether a person asks, with the cookie of a session. */
  session?: boolean;
}

export interface ApiResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a handler of a route is given: names are checked, the query is parsed. */
export interface Call<Query = Record<string, unknown>> {
  deps: ProcessDependencies;
  request: ApiRequest;
  monitor: string;
  report: string;
  finding: string;
  audit: string;
  query: Query;
  /** Whether a page for people is wanted. */
  page: boolean;
}

/** Address of something of the API. */
export const href = ({ base }: ApiRequest, ...parts: string[]): string => `${base}/v1/${parts.map(encodeURIComponent).join('/')}`;
