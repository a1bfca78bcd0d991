/** Lists of words in one text, as OAuth has them. Other texts are taken whole: people may choose their names. */
const WORDS = ['scope', 'scp'];

/** Whether a token has a claim with that value, or among its values. */
export function hasClaim(claims: Record<string, unknown>, [name, value]: readonly [name: string, value: string]): boolean {
  const found = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (Array.isArray(found)) return found.includes(value);
  if (typeof found === 'string') return found === value || (WORDS.includes(name) && found.split(' ').includes(value));
  return (typeof found === 'boolean' || typeof found === 'number') && String(found) === value;
}
