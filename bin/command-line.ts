const PLAIN = /^[\w./:=,@%+-]+$/;
/** Flags that decide nothing of what a report says: where it goes, how fast it is there. */
const ASIDE = ['--out', '--format', '--fail-on', '--memory', '--threads', '--quiet'];
const WITHOUT_VALUE = ['--quiet'];

/** An argument as a shell reads it. */
export const quoted = (argument: string): string => (PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`);

/** Arguments but for those that decide nothing. */
export function deciding(args: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const flag = args[i]!.split('=', 1)[0]!;
    if (!ASIDE.includes(flag)) kept.push(args[i]!);
    else if (!WITHOUT_VALUE.includes(flag) && !args[i]!.includes('=')) i++;
  }
  return kept;
}

/** The command that runs, as it can be given again for the same report. */
export const commandLine = (): string => ['assay', ...deciding(process.argv.slice(2))].map(quoted).join(' ');
