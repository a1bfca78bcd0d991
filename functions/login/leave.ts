import type { APIGatewayProxyResult } from 'aws-lambda';
import { SESSION_COOKIE } from '../../layers/quality/contract/oidc.ts';
import { clearCookie } from '../oidc/cookies.ts';
import { AGAIN, say } from './answers.ts';
import type { LoginRequest } from './event.ts';
import { endPending } from './pending.ts';

/** Ends the session in this browser, unless another site sent it here. */
export function leave({ headers }: LoginRequest): APIGatewayProxyResult {
  const asks = !['same-origin', 'none', undefined].includes(headers['sec-fetch-site']);
  if (asks) return say(200, { title: 'Sign out of Assay?', text: 'Another site led here.', link: ['logout', 'Sign out'] });
  const text = 'This browser is signed out of Assay. The identity provider may know you still, and sign you in again without a question.';
  return say(200, { title: 'Signed out', text, link: AGAIN }, [clearCookie(SESSION_COOKIE), endPending()]);
}
