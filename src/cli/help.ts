import type { Command } from './command';

/** What `callsight --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'callsight COMMAND PATH… [--json]',
    '',
    'Reads the logs that an LLM app writes: a file, or a folder with everything below it.',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '--json prints one JSON object a line and nothing else. Messages about callsight itself go to stderr.',
    '--map FILE.json, or --map prompt=q,response=answer.text,model=m: which fields of your log mean what.',
    'Exit code 0: done. 1: `check` found something. 2: wrong usage, or a path that cannot be read.',
    'callsight COMMAND --help says more.',
  ].join('\n');
}

/** What `callsight COMMAND --help` prints. */
export function commandHelp({ usage, summary, details }: Command): string {
  return [`callsight ${usage}`, '', `It ${summary}.`, ...details].join('\n');
}
