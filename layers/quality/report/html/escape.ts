import { visible } from '../visible.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or a quoted attribute, of HTML or XML, whatever it contains. */
export const escapeHtml = (text: string): string => visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Markup that is already safe. Only `html` and `raw` make it. */
export class Markup {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

export type Content = Markup | string | number | null | false | Content[];

const render = (content: Content): string => {
  if (content === null || content === false) return '';
  if (Array.isArray(content)) return content.map(render).join('');
  return content instanceof Markup ? content.text : escapeHtml(String(content));
};

/** A template whose values are escaped unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...values: Content[]): Markup =>
  new Markup(strings.map((text, i) => text + (i < values.length ? render(values[i]!) : '')).join(''));

export const raw = (text: string): Markup => new Markup(text);

/** A name out of the data: kept apart from the direction of the text around it. */
export const named = (name: string): Markup => html`<bdi class="name">${name}</bdi>`;
