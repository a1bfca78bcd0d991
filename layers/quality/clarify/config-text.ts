import { pythonNumber } from '../metrics/fairness/index.ts';

const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The JSON of a configuration. In lists of values 1.0 is the text "1.0": Clarify writes it so, and JavaScript would forget it. */
export function parseConfigText(text: string): unknown {
  const config: unknown = JSON.parse(text);
  if (config === null || typeof config !== 'object' || Array.isArray(config)) return config;
  const kept = JSON.parse(text.replace(TEXT_OR_NUMBER, keepFloat)) as Record<string, unknown>;
  const lists = ['label_values_or_threshold', 'facet'].filter((key) => key in config);
  return { ...config, ...Object.fromEntries(lists.map((key) => [key, kept[key]])) };
}

function keepFloat(literal: string): string {
  const value = Number(literal);
  return !literal.startsWith('"') && /[.eE]/.test(literal) && Number.isInteger(value) ? `"${pythonNumber(value, true)}"` : literal;
}
