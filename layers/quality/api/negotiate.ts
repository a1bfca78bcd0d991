import type { ApiRoute } from '../contract/api-routes.ts';
import { Problem } from './problem.ts';

const JSON_TYPE = 'application/json';
const PAGE_TYPE = 'text/html';

/** Whether a page is preferred to JSON: only where both are there and HTML is named, as browsers do. */
export function wantsPage(accept: string | undefined, { answers }: Pick<ApiRoute, 'answers'>): boolean {
  if (accept === undefined || accept.trim() === '') return false;
  const ranges = accept.split(',').map(rangeOf);
  const hasPage = Object.values(answers).some(({ page }) => page === true);
  const [forJson, forPage] = [weightOf(JSON_TYPE, ranges), hasPage ? weightOf(PAGE_TYPE, ranges) : 0];
  if (forJson === 0 && forPage === 0)
    throw new Problem(406, `expected an Accept header that allows ${JSON_TYPE}${hasPage ? ` or ${PAGE_TYPE}` : ''}`);
  return forPage > 0 && (forPage > forJson || (forPage === forJson && ranges.some(({ type }) => type === PAGE_TYPE) && namedFirst(ranges)));
}

interface Range {
  type: string;
  weight: number;
}

function rangeOf(text: string): Range {
  const [type, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return { type: type!, weight: Number.isFinite(weight) ? Math.min(1, Math.max(0, weight)) : 0 };
}

/** The most precise range that covers the type decides. */
function weightOf(type: string, ranges: Range[]): number {
  for (const covering of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const found = ranges.find((range) => range.type === covering);
    if (found !== undefined) return found.weight;
  }
  return 0;
}

const namedFirst = (ranges: Range[]): boolean => {
  const [page, data] = [PAGE_TYPE, JSON_TYPE].map((name) => ranges.findIndex(({ type }) => type === name));
  return data === -1 || page! < data!;
};
