import { cells, shorten } from './visible.ts';

/** Fewest cells of a text's start that are kept before what differs. */
const START = 3;
/** How often texts that are still the same are cut anew. */
const ROUNDS = 3;

/** Texts of at most `width` cells: cut at the end, and where that makes two the same, in the middle, so that what differs stays. */
export function shortenApart(texts: string[], width: number): string[] {
  const short = new Map(texts.map((text) => [text, shorten(text, width)]));
  for (let round = 0; round < ROUNDS; round++)
    for (const set of alike(short)) for (const text of set) short.set(text, keepPlaces(text, placesOf(text, set), width));
  return texts.map((text) => short.get(text)!);
}

/** Sets of texts that were cut to the same. */
function alike(short: Map<string, string>): string[][] {
  const sets = new Map<string, string[]>();
  for (const [text, cut] of short) sets.set(cut, [...(sets.get(cut) ?? []), text]);
  return [...sets.values()].filter((set) => set.length > 1);
}

/** Where a text begins to differ from each of the others. */
function placesOf(text: string, set: string[]): number[] {
  const places = set.filter((other) => other !== text).map((other) => commonStart([...text], [...other]));
  return [...new Set(places)].sort((a, b) => a - b);
}

function commonStart(a: string[], b: string[]): number {
  const differs = a.findIndex((character, i) => b[i] !== character);
  return differs < 0 ? a.length : differs;
}

/** The start of a text and some of what comes from each place on. */
function keepPlaces(text: string, places: number[], width: number): string {
  const each = Math.floor((width - START) / places.length) - 1;
  const apart = places.filter((place, i) => i === 0 || place >= places[i - 1]! + each);
  if (apart.length === 1 || each < 1) return keepFrom(text, apart[0]!, width);
  const characters = [...text];
  return take(text, START) + apart.map((place) => `…${take(characters.slice(place).join(''), each)}`).join('');
}

/** The start of a text, an ellipsis, and what comes from a place on: all of it where there is room. */
function keepFrom(text: string, place: number, width: number): string {
  const rest = [...text].slice(place).join('');
  const start = Math.max(Math.min(START, width >> 1), width - 1 - cells(rest));
  return place <= start ? shorten(text, width) : shorten(`${take(text, start)}…${rest}`, width);
}

const take = (text: string, width: number): string => (cells(text) <= width ? text : shorten(text, width + 1).slice(0, -1));
