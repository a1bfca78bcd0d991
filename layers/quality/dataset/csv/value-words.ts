const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d+)?([.,]?\d+)?([eE][+-]?\d+)?%?$/;
const TIME = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$|^\d{1,2}:\d{2}(:\d{2}.*)?$/;
const WORD = /^(true|false|null|none|na|n\/a|nan|-?inf(inity)?|\?|-|\.)$/i;

/** Whether a text reads as a value rather than as a name: a number, a time, a truth value, or a word for "missing". */
export const readsAsValue = (text: string): boolean => {
  const trimmed = text.trim();
  return trimmed !== '' && (NUMBER.test(trimmed) || TIME.test(trimmed) || WORD.test(trimmed));
};
