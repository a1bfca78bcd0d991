import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escapeHtml, type Markup, raw } from './escape.ts';

interface Node {
  tagName: string;
  attributes: Iterable<{ name: string; value: string }>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): Iterable<Node>;
  remove(): void;
  innerHTML: string;
}

const { document } = parseHTML('<!doctype html><html></html>');

const NEEDLESS = ['aria-label', 'aria-hidden', 'class', 'font-family', 'font-variant'];

/** A plot as markup: no styles, no classes, coordinates to one decimal, one text of what it shows. */
export function plotSvg(options: Plot.PlotOptions, label: string): Markup {
  const svg = Plot.plot({ ...options, document: document as never }) as unknown as Node;
  const box = svg.getAttribute('viewBox')!;
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const node of svg.querySelectorAll('*')) tidy(node);
  return raw(
    `<svg class="plot" viewBox="${box}" role="img" aria-label="${escapeHtml(label)}" fill="currentColor" font-size="12" text-anchor="middle">${svg.innerHTML}</svg>`,
  );
}

function tidy(node: Node): void {
  for (const name of NEEDLESS) node.removeAttribute(name);
  for (const { name, value } of [...node.attributes]) {
    const rounded = value.replace(/-?\d+\.\d+(?![\dem%])/g, (digits) => String(Number(Number(digits).toFixed(1))));
    if (rounded !== value) node.setAttribute(name, rounded);
  }
}
