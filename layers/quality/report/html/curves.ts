import * as Plot from '@observablehq/plot';
import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { formatShare } from '../format.ts';
import { html, type Markup } from './escape.ts';
import { reliability } from './reliability.ts';
import { square } from './square.ts';
import { plotSvg } from './svg.ts';

type Point = [number, number];
type Points = Point[];
type Both = NonNullable<PerformanceSection['roc']>;

/** ROC, precision against recall, and reliability, side by side. */
export function curves(section: PerformanceSection): Markup | null {
  const pictures = [roc(section), precisionRecall(section), reliability(section)].filter((each) => each !== null);
  return pictures.length === 0 ? null : html`<div class="thirds">${pictures}</div>`;
}

const roc = ({ roc, confusion }: PerformanceSection): Markup | null => (roc === null ? null : rocFigure(roc, operatingPoint(confusion)));

const precisionRecall = ({ precisionRecall, confusion }: PerformanceSection): Markup | null =>
  precisionRecall === null ? null : precisionFigure(precisionRecall, precisionPoint(confusion));

/** `point`: where the decisions in force lie; `of` names the class, where it is one of several. */
export function rocFigure(roc: Both, point: Point | null, of = ''): Markup {
  const at = (points: Points): string => formatShare(heightAt(points, 0.1));
  const words = `ROC curve${of}. At a false positive rate of 10 % the true positive rate is ${at(roc.current)} now${roc.baseline === null ? '' : `, ${at(roc.baseline)} in the baseline`}.`;
  const diagonal = Plot.line(
    [
      [0, 0],
      [1, 1],
    ] as Points,
    { stroke: 'var(--muted)', strokeDasharray: '3 4' },
  );
  const picture = plotSvg(square(['false positive rate', 'true positive rate'], [...lines(roc), diagonal, ...dot(point)]), words);
  return figure(`ROC curve${of}`, picture, roc, point !== null);
}

export function precisionFigure(precisionRecall: Both, point: Point | null, of = ''): Markup {
  const at = (points: Points): string => formatShare(heightAt(points.toReversed(), 0.8));
  const words = `Precision against recall${of}. At a recall of 80 % the precision is ${at(precisionRecall.current)} now${precisionRecall.baseline === null ? '' : `, ${at(precisionRecall.baseline)} in the baseline`}.`;
  const chance = Plot.ruleY([precisionRecall.current[0]?.[1] ?? 0], { stroke: 'var(--muted)', strokeDasharray: '3 4' });
  const picture = plotSvg(square(['recall', 'precision'], [...lines(precisionRecall), chance, ...dot(point)]), words);
  return figure(`Precision and recall${of}`, picture, precisionRecall, point !== null);
}

function lines({ current, baseline }: Both): Plot.Markish[] {
  const then = baseline ?? [];
  return [
    Plot.areaY(then, { x: '0', y: '1', fill: 'var(--area)', fillOpacity: 0.55 }),
    Plot.line(then, { stroke: 'var(--area-line)', strokeWidth: 1 }),
    Plot.line(current, { stroke: 'var(--now)', strokeWidth: 2, strokeLinejoin: 'round' }),
  ];
}

const dot = (point: Point | null): Plot.Markish[] =>
  point === null ? [] : [Plot.dot([point], { r: 4.5, fill: 'var(--now)', stroke: 'var(--surface)', strokeWidth: 1.5 })];

/** Where the decisions in force lie on the curve. */
export function operatingPoint(confusion: PerformanceSection['confusion']): Point | null {
  const [[tn = 0, fp = 0] = [], [fn = 0, tp = 0] = []] = confusion?.cells ?? [];
  return tn + fp > 0 && fn + tp > 0 ? [fp / (tn + fp), tp / (fn + tp)] : null;
}

export function precisionPoint(confusion: PerformanceSection['confusion']): Point | null {
  const [[, fp = 0] = [], [fn = 0, tp = 0] = []] = confusion?.cells ?? [];
  return tp > 0 ? [tp / (fn + tp), tp / (tp + fp)] : null;
}

/** The curve's height where it first reaches x. */
function heightAt(points: Points, x: number): number {
  const after = points.findIndex(([at]) => at >= x);
  if (after <= 0) return points[Math.max(0, after)]?.[1] ?? 0;
  const [[x0, y0], [x1, y1]] = [points[after - 1]!, points[after]!];
  return x1 === x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

const figure = (title: string, picture: Markup, { baseline }: Both, point: boolean): Markup =>
  html`<figure><h3>${title}</h3>${picture}<figcaption>${baseline !== null && html`<span class="key baseline"></span>baseline `}<span class="key current"></span>now${point && html` <span class="key point"></span>decisions in force`}<span class="aside">Dashed: no better than chance</span></figcaption></figure>`;
