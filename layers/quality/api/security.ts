import { discoveryAddress, LOGIN_PATHS, SESSION_COOKIE } from '../contract/oidc.ts';

const IAM = { type: 'apiKey', in: 'header', name: 'Authorization', description: 'AWS Signature Version 4, service execute-api' };

/** How requests say who asks, as OpenAPI has it: each entry of `security` is enough by itself. */
export function securityOf(issuer: string | undefined): { schemes: Record<string, object>; security: Record<string, never[]>[] } {
  if (issuer === undefined) return { schemes: { iam: IAM }, security: [{ iam: [] }] };
  const token = {
    type: 'openIdConnect',
    openIdConnectUrl: discoveryAddress(issuer),
    description: 'A token of this issuer: Authorization: Bearer',
  };
  const session = {
    ...{ type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
    description: `The session of a person, begun at ${LOGIN_PATHS.start}. What changes something has to come from a page of the same origin`,
  };
  return { schemes: { token, session }, security: [{ token: [] }, { session: [] }] };
}
