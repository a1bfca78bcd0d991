import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { operatingPoint, precisionFigure, precisionPoint, rocFigure } from './curves.ts';
import { html, type Markup } from './escape.ts';
import { folded } from './table.ts';

type Confusion = PerformanceSection['confusion'];

/** ROC and precision against recall of each class against the rest. */
export function classCurves({ byClass = [], confusion }: PerformanceSection): Markup | null {
  if (byClass.length === 0) return null;
  const figures = byClass.map(({ class: name, roc, precisionRecall }) => {
    const own = againstRest(confusion, name);
    return html`${rocFigure({ current: roc, baseline: null }, operatingPoint(own), ` of ${name}`)}${precisionFigure({ current: precisionRecall, baseline: null }, precisionPoint(own), ` of ${name}`)}`;
  });
  return folded('Curves of each class against the rest', html`<div class="pairs">${figures}</div>`);
}

/** What was true and what predicted, of one class and all others. */
function againstRest(confusion: Confusion, name: string): Confusion {
  const k = confusion?.classes.indexOf(name) ?? -1;
  if (confusion === null || k < 0) return null;
  const cells = [
    [0, 0],
    [0, 0],
  ];
  for (const [t, row] of confusion.cells.entries())
    for (const [p, cell] of row.entries()) cells[t === k ? 1 : 0]![p === k ? 1 : 0]! += cell;
  return { classes: ['others', name], cells, baseline: null };
}
