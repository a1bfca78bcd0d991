import type { APIGatewayProxyResult } from 'aws-lambda';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };
const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60ch;margin:12vh auto;padding:0 20px}h1{font-size:24px}';

export const redirect = (location: string, cookies: string[] = []): APIGatewayProxyResult => ({
  statusCode: 302,
  headers: { ...HEADERS, location },
  multiValueHeaders: { 'set-cookie': cookies },
  body: '',
});

export interface Words {
  title: string;
  text: string;
  /** An address beside this one, and what its link says. */
  link: readonly [address: string, words: string];
}

/** A page in words of ours alone: what others sent is not repeated. */
export const say = (statusCode: number, { title, text, link: [address, words] }: Words, cookies: string[] = []): APIGatewayProxyResult => ({
  statusCode,
  headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
  multiValueHeaders: { 'set-cookie': cookies },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>${title} · Assay</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="${address}">${words}</a></p></main></body>
</html>
`,
});

export const AGAIN = ['login', 'Sign in'] as const;
