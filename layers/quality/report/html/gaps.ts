import type { FairnessSection } from '../../contract/outcome-report.ts';
import { formatNumber, formatPoints, signed } from '../format.ts';
import { html, type Markup, named, raw } from './escape.ts';

type Gap = FairnessSection['gaps'][number];

const PARTS = [
  ['baseRates', 'base rates'],
  ['truePositiveRates', 'true positive rates'],
  ['falsePositiveRates', 'false positive rates'],
  ['unlabelled', 'rows without a label'],
] as const;

const MOST = 8;

/** Where the gap of positive predictions comes from: other labels, or equal labels treated differently. */
export function gaps({ gaps, favourable }: FairnessSection): Markup | null {
  if (gaps.length === 0) return null;
  const shown = gaps.toSorted((a, b) => Math.abs(b.gap) - Math.abs(a.gap)).slice(0, MOST);
  const widest = Math.max(0.01, ...shown.map(reach));
  const keys = PARTS.map(([part, words], i) => shown.some((gap) => gap[part]) && html`<span class="key part-${i + 1}"></span>${words} `);
  const more = gaps.length > MOST && ` The ${MOST} widest of ${gaps.length}.`;
  return html`<h3>Where the gaps come from</h3><ul class="lines gaps">${shown.map((gap) => html`<li>${gapBar(gap, widest)}<span>${sentence(gap)}</span></li>`)}</ul>
<p class="mute small gap-keys">${keys}<span class="aside">Positive predictions${favourable === 'negative' && ', here unfavourable'}, group less rest. Base rates: how often the label is positive; the others: equal labels treated differently. Arithmetic, not causes.${more}</span></p>`;
}

const points = (value: number): string => signed(value, formatPoints(value));

function sentence(gap: Gap): Markup {
  const parts = PARTS.flatMap(([part, words]) =>
    gap[part] === null || gap[part] === 0 ? [] : `${signed(gap[part], formatNumber(100 * gap[part]))} by ${words}`,
  );
  const why = parts.length > 0 ? `: ${parts.join(', ')}` : `; no parts: ${gap.reason ?? 'not known'}`;
  return html`${named(gap.facet)}: <b>${points(gap.gap)}</b> from the others${why}${gap.score !== undefined && scoreSentence(gap.score)}`;
}

/** Which columns carry the distance of the mean scores: the largest three, and what none of them does. */
function scoreSentence({ gap, parts, others, unexplained }: NonNullable<Gap['score']>): Markup {
  const shown = parts.slice(0, 3);
  const rest = others + parts.slice(3).reduce((sum, { contribution }) => sum + contribution, 0);
  const carried = shown.map(({ column, contribution }) => html`${named(column)} ${signed(contribution, formatNumber(contribution))}, `);
  const left = `other columns ${signed(rest, formatNumber(rest))}, none of them ${signed(unexplained, formatNumber(unexplained))}`;
  return html`<br><span class="mute small">Mean score ${signed(gap, formatNumber(gap))}: ${carried}${left}</span>`;
}

const sidesOf = (gap: Gap): { up: number; down: number } => {
  const values = PARTS.map(([part]) => gap[part] ?? 0);
  const sum = (sign: number): number => values.filter((value) => value * sign > 0).reduce((total, value) => total + Math.abs(value), 0);
  return { up: sum(1), down: sum(-1) };
};

const reach = (gap: Gap): number => Math.max(sidesOf(gap).up, sidesOf(gap).down);

const HALF = 70;

/** Parts stacked to the right where they widen the gap upwards, to the left where downwards. */
function gapBar(gap: Gap, widest: number): Markup {
  let [right, left] = [HALF, HALF];
  const bars = PARTS.map(([part], i) => {
    const size = (Math.abs(gap[part] ?? 0) / widest) * (HALF - 2);
    const from = (gap[part] ?? 0) < 0 ? (left -= size) : right;
    if ((gap[part] ?? 0) > 0) right += size;
    return size === 0 ? '' : `<rect x="${from.toFixed(1)}" y="2" width="${size.toFixed(1)}" height="10" class="part-${i + 1}"/>`;
  });
  return raw(
    `<svg class="interval" viewBox="0 0 ${2 * HALF} 14" role="img" aria-label="Parts of a gap of ${points(gap.gap)}">${bars.join('')}<path d="M${HALF},0v14" class="axis"/></svg>`,
  );
}
