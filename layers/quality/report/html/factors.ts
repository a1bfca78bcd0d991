import type { ReportView } from '../view.ts';
import { VERDICT_WORDS } from '../words.ts';
import { html, type Markup } from './escape.ts';
import { shape } from './verdict.ts';

export const factors = ({ factors }: ReportView): Markup =>
  html`<section aria-labelledby="factors"><h2 id="factors">Nine factors</h2>
<ul class="factors">${factors.map(
    ({ name, verdict, detail }) =>
      html`<li class="${verdict}">${shape(verdict)}<div><b>${name}</b> <span class="word" aria-hidden="true">${VERDICT_WORDS[verdict].word.toLowerCase()}</span><p>${detail}</p></div></li>`,
  )}</ul></section>`;
