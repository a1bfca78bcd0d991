/**
 * Names no two of which DuckDB would take for the same: it compares them without regard to case. A repeated name gets the first free suffix
 * (`a`, `a_1`), an empty one its position (`_c3`).
 */
export class UniqueNames {
  private readonly taken = new Set<string>();
  private count = 0;

  add(name: string): string {
    const wanted = name.replaceAll('\0', '\ufffd') || `_c${this.count}`;
    this.count++;
    let unique = wanted;
    for (let suffix = 1; this.taken.has(unique.toLowerCase()); suffix++) unique = `${wanted}_${suffix}`;
    this.taken.add(unique.toLowerCase());
    return unique;
  }
}

export const uniqueNames = (names: readonly string[]): string[] => {
  const unique = new UniqueNames();
  return names.map((name) => unique.add(name));
};
