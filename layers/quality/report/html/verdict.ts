import type { Verdict } from '../../contract/verdict.ts';
import { VERDICT_WORDS } from '../words.ts';
import { html, type Markup } from './escape.ts';

/** Shape and word. */
export const badge = (verdict: Verdict): Markup =>
  html`<span class="badge ${verdict}"><i aria-hidden="true">${VERDICT_WORDS[verdict].icon}</i>${VERDICT_WORDS[verdict].word}</span>`;

/** The shape alone, its word for those who do not see it. */
export const shape = (verdict: Verdict): Markup =>
  html`<span class="shape ${verdict}"><i aria-hidden="true">${VERDICT_WORDS[verdict].icon}</i><span class="unseen">${VERDICT_WORDS[verdict].word}</span></span>`;
