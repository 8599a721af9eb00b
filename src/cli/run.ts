import { parseArgs } from 'node:util';
import type { Command } from './command';
import { commands } from './commands';
import { commandHelp, generalHelp } from './help';
import { UsageError } from './io';
import type { Io } from './io';
import { Output, OutputClosed } from './output';
import { makeVisible, toOneLine } from './visibleText';

/** Runs one command line. Returns the exit code: 0 done, 1 findings, 2 wrong usage or a path that cannot be read. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const out = new Output(io.stdout);
  try {
    const code = await dispatch(args, io, out);
    await out.flush();
    return code;
  } catch (error) {
    if (error instanceof OutputClosed) {
      return 0;
    }
    if (error instanceof UsageError) {
      io.stderr.write(`callsight: ${makeVisible(toOneLine(error.message))}\n`);
      return 2;
    }
    throw error;
  }
}

async function dispatch(args: readonly string[], io: Io, out: Output): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h') {
    await out.printText(generalHelp(commands));
    return 0;
  }
  if (name === '--version') {
    await out.printText(io.readVersion());
    return 0;
  }
  const names = commands.map(command => command.name).join(', ');
  if (name === undefined) {
    throw new UsageError(`say what to do: ${names} (or --help)`);
  }
  const command = commands.find(one => one.name === name);
  if (!command) {
    throw new UsageError(`there is no command "${name}": it is one of ${names}`);
  }
  const { values, positionals } = parse(command, rest);
  if (values['help'] === true) {
    await out.printText(commandHelp(command));
    return 0;
  }
  const option = (key: string): string | undefined => {
    const value = values[key];
    return typeof value === 'string' ? value : undefined;
  };
  const code = await command.run({
    io,
    out,
    json: values['json'] === true,
    paths: positionals,
    option,
    has: key => values[key] === true,
  });
  return code ?? 0;
}

function parse(
  command: Command,
  args: readonly string[],
): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...command.options,
        json: { type: 'boolean' },
        map: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // parseArgs throws TypeErrors that say which option is wrong, then what else could have been meant
    const message = error instanceof Error ? error.message : String(error);
    const [sentence = ''] = message.split('. ', 1);
    throw new UsageError(`${sentence}; usage: callsight ${command.usage}`, { cause: error });
  }
}
