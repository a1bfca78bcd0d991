import * as Plot from '@observablehq/plot';
import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { formatNumber, formatShare } from '../format.ts';
import { html, type Markup } from './escape.ts';
import { square } from './square.ts';
import { plotSvg } from './svg.ts';

type Bin = NonNullable<PerformanceSection['reliability']>[number];

/** Whether scores mean what they say: mean score of each tenth against the share of positives, with its interval; of several classes the highest score, and how often it is right. */
export function reliability({ reliability, problem }: PerformanceSection): Markup | null {
  if (reliability === null || reliability.length === 0) return null;
  const marks = [
    Plot.line(
      [
        [0, 0],
        [1, 1],
      ] as [number, number][],
      { stroke: 'var(--muted)', strokeDasharray: '3 4' },
    ),
    Plot.ruleX(reliability, { x: 'meanScore', y1: 'low', y2: 'high', stroke: 'var(--now)', strokeWidth: 2 }),
    Plot.dot(reliability, { x: 'meanScore', y: 'rate', r: 3, fill: 'var(--now)', stroke: 'var(--surface)', strokeWidth: 1.5 }),
  ];
  return html`<figure><h3>Reliability of the scores</h3>${plotSvg(square(AXES[problem], marks), words(reliability, problem))}<figcaption><span class="key point"></span>a tenth of the scale, with its 95 % interval<span class="aside">Dashed: scores that mean what they say</span></figcaption></figure>`;
}

type Problem = PerformanceSection['problem'];

const AXES: Record<Problem, [string, string]> = {
  binary: ['mean score', 'share of positives'],
  multiclass: ['mean score of the most probable class', 'share of rows of that class'],
  regression: ['mean score', 'share of positives'],
};

function words(bins: Bin[], problem: Problem): string {
  const furthest = bins.toSorted((a, b) => Math.abs(b.rate - b.meanScore) - Math.abs(a.rate - a.meanScore))[0]!;
  return `Reliability of the scores. Furthest off: of rows with a mean score of ${formatNumber(furthest.meanScore)}, ${formatShare(furthest.rate)} are ${problem === 'multiclass' ? 'of that class' : 'positive'} (95 % interval ${formatShare(furthest.low)} to ${formatShare(furthest.high)}).`;
}
