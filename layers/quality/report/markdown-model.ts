import type { PerformanceSection, RateEntry } from '../contract/outcome-report.ts';
import type { Report } from '../contract/report.ts';
import { type FacetView, type GroupView, ratesOf, viewFairness } from './fairness-view.ts';
import { formatCount, formatNumber, formatShare } from './format.ts';
import { mark, row } from './markdown-cells.ts';
import { intervalInUnit } from './measures.ts';
import { type ModelLine, summariseModel } from './model-lines.ts';
import { boundsLabel } from './words.ts';

/** More classes or groups than this are for the page. */
const MOST = 12;

/** The model's numbers, a line each for its worst segment and the facets, what was true against what was predicted, and the groups of each facet. */
export function modelBlocks(report: Report): string[] {
  const { lines, estimates, estimated, labelled, worst, groups } = summariseModel(report);
  const points = [labelled, worst, ...groups].flatMap((text) => (text === null ? [] : `- ${mark(text)}`));
  return [
    modelTable(lines, estimated),
    modelTable(estimates, true),
    points.join('\n'),
    confusionTable(report.performance?.confusion ?? null),
    ...(viewFairness(report)?.facets ?? []).map(groupTable),
  ];
}

function modelTable(lines: ModelLine[], estimated: boolean): string {
  if (lines.length === 0) return '';
  return [
    row([estimated ? 'Model (estimated)' : 'Model', 'Now', boundsLabel(estimated), 'Baseline']),
    row(['---', '---:', '---:', '---:']),
    ...lines.map(({ what, value, interval, baseline }) => row([mark(what), value, interval, baseline])),
  ].join('\n');
}

function confusionTable(confusion: PerformanceSection['confusion']): string {
  if (confusion === null || confusion.classes.length > MOST) return '';
  const { classes, cells } = confusion;
  const rows = cells.map((of, i) => {
    const all = of.reduce((sum, cell) => sum + cell, 0);
    return row([mark(classes[i]!), ...of.map((cell) => (all > 0 ? `${formatCount(Math.round(cell))} (${formatShare(cell / all)})` : '–'))]);
  });
  return [row(['True', ...classes.map((name) => `predicted ${mark(name)}`)]), row(['---', ...classes.map(() => '---:')]), ...rows].join(
    '\n',
  );
}

/** Groups with the 95 % interval of every rate, the least favoured first. */
function groupTable(view: FacetView): string {
  const { facet, groups } = view;
  if (groups.length === 0) return '';
  const rates = ratesOf(view);
  const heads = ['Impact ratio', 'Favourable predictions', 'Rows', ...rates.map(([, word]) => word)];
  const of = (each: GroupView): string =>
    row([
      mark(each.group.name),
      ratio(each),
      rate(each.favourable),
      formatCount(each.group.rows),
      ...rates.map(([name]) => rate(each.group.rates[name] ?? null)),
    ]);
  const more = groups.length > MOST ? [row([`${formatCount(groups.length - MOST)} more`, ...heads.map(() => '')])] : [];
  return [row([mark(facet), ...heads]), row(['---', ...heads.map(() => '---:')]), ...groups.slice(0, MOST).map(of), ...more].join('\n');
}

const rate = (of: RateEntry | null): string =>
  of === null ? '–' : `${formatShare(of.value)} (${intervalInUnit([of.low, of.high], 'share')})`;

function ratio({ best, group: { impactRatio } }: GroupView): string {
  if (best) return '1';
  if (impactRatio === null) return '–';
  const { value, low, high } = impactRatio;
  return `${formatNumber(value)}${low === null || high === null ? '' : ` (${intervalInUnit([low, high], 'number')})`}`;
}
