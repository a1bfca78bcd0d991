const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+(\.\d+)?|\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?%?$/;
const TIME = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$|^\d{1,2}:\d{2}(:\d{2}.*)?$/;
const TRUTH = /^(true|false)$/i;
const MISSING = /^(null|none|nil|<?na>?|n\/a|#n\/a|#na|n\.a\.|nat|\\n|[+-]?nan|[+-]?inf(inity)?|\?|--?|\.)$/i;

/** What a text reads as; `missing` is a word for a value that is not there or not finite. */
export type TextKind = 'blank' | 'number' | 'time' | 'truth' | 'missing' | 'text';

export const textKind = (text: string): TextKind => {
  const trimmed = text.trim();
  if (trimmed === '') return 'blank';
  if (NUMBER.test(trimmed)) return 'number';
  if (TIME.test(trimmed)) return 'time';
  if (TRUTH.test(trimmed)) return 'truth';
  return MISSING.test(trimmed) ? 'missing' : 'text';
};
