import { LOGIN_PATHS } from '../../contract/oidc.ts';
import { type Content, html, type Markup, raw } from '../../report/html/escape.ts';
import { STYLE } from '../../report/html/style.ts';
import type { ApiRequest } from '../request.ts';

/** What these pages have that a report has not. */
const OWN = `
.crumbs{color:var(--muted);font-size:14px;margin-bottom:12px}.crumbs a+a::before{content:"›";color:var(--muted);margin:0 8px;display:inline-block}
h1.name{font-size:28px;line-height:1.2;font-weight:700;color:var(--text);overflow-wrap:anywhere}
.lead{color:var(--muted);margin-top:6px;max-width:80ch;overflow-wrap:anywhere}
.list{padding:6px 20px}.list table{font-size:14.5px}.list td,.list th{text-align:left;vertical-align:middle}.list td.right{text-align:right;white-space:nowrap}.list .when{white-space:nowrap}.list .said{min-width:220px;overflow-wrap:anywhere}
.day{display:grid;grid-template-columns:104px minmax(0,1fr);gap:4px 16px;align-items:center;padding:8px 20px;border-bottom:1px solid var(--rule)}.day:last-child{border-bottom:0}.day b{font-weight:500;font-size:14px}
.marks{display:flex;flex-wrap:wrap;gap:4px}.marks a{text-decoration:none;border-radius:50%}
.legend{display:flex;flex-wrap:wrap;gap:6px 18px;font-size:13px;color:var(--muted);margin-bottom:10px}.legend>span{display:inline-flex;align-items:center;gap:6px}
.filters{display:flex;flex-wrap:wrap;gap:6px 14px;font-size:14px;margin-bottom:14px}.filters [aria-current]{font-weight:650;color:var(--text);text-decoration:none}
pre{margin:0;overflow-x:auto;font-size:13px;line-height:1.5;white-space:pre-wrap}.config>summary{cursor:pointer;padding:13px 20px;font-weight:600}.config pre{padding:0 20px 18px}
.session{float:right;margin:0 0 12px 16px;font-size:14px}
.empty{padding:18px 20px;color:var(--muted)}.next{margin-top:16px}
@media screen and (max-width:560px){.list,.day,.empty{padding-inline:14px}.list .when{white-space:normal;min-width:128px}.day{grid-template-columns:minmax(0,1fr)}}`.replaceAll(
  '\n',
  '',
);

export interface Shell {
  title: string;
  /** The way here: each an address and its words. */
  crumbs: [string, string][];
  body: Content;
}

/** A page of the API: no script, no other address than its own links. Who has a session can end it. */
export const shell = ({ base, session }: ApiRequest, { title, crumbs, body }: Shell): string => {
  const links: Markup[] = crumbs.map(([address, words]) => html`<a href="${address}">${words}</a>`);
  return `${html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>${title} · Assay</title><style>${raw(STYLE + OWN)}</style></head>
<body><main>
${
  session === true &&
  html`<p class="session"><a href="${base}${LOGIN_PATHS.leave}">Sign out</a></p>
`
}<nav class="crumbs" aria-label="Way here">${links}</nav>
${body}
</main></body>
</html>`}
`;
};
