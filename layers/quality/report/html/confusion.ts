import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { formatCount, formatShare } from '../format.ts';
import { html, type Markup, named } from './escape.ts';

type Confusion = NonNullable<PerformanceSection['confusion']>;

const sum = (row: number[]): number => row.reduce((total, cell) => total + cell, 0);

/** Rows by what was true, columns by what was predicted: shares of the row, the baseline's beside them. */
export function confusion({ confusion, weight }: PerformanceSection): Markup | null {
  if (confusion === null) return null;
  const { classes, baseline } = confusion;
  const label = 'Confusion matrix: what was true, what was predicted';
  return html`<h3>What was true, what was predicted</h3><div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="confusion">
<thead><tr><th scope="col" class="text">True</th>${classes.map((name) => html`<th scope="col"><span class="unseen">predicted </span>${named(name)}</th>`)}</tr></thead>
<tbody>${classes.map((_, i) => matrixRow(confusion, i))}</tbody></table></div>
<p class="mute small">${weight === undefined ? 'Shares of the rows of each true class' : html`Shares of the weights (${named(weight)}) of each true class, and their sums`}${baseline !== null && '; the baseline’s below'}.</p>`;
}

function matrixRow({ classes, cells, baseline }: Confusion, i: number): Markup {
  const [row, then] = [cells[i]!, baseline?.[i] ?? null];
  const [total, before] = [sum(row), then === null ? 0 : sum(then)];
  const cell = (value: number, j: number): Markup => {
    const share = total > 0 ? value / total : null;
    const depth = share === null ? 0 : Math.round(share * 24);
    return html`<td class="${i === j ? 'right-one' : 'wrong-one'}" style="--depth:${depth}%"><b>${share === null ? '–' : formatShare(share)}</b><small>${formatCount(Math.round(value))}${then !== null && before > 0 && html` <span class="then">${formatShare(then[j]! / before)} then</span>`}</small></td>`;
  };
  return html`<tr><th scope="row">${named(classes[i]!)}</th>${row.map(cell)}</tr>`;
}
