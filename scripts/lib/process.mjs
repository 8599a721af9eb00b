import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * One line about what goes on, to stderr: stdout belongs to whoever asked.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`callsight: ${text}\n`);
}

/** A failure that is explained by its message; no stack is wanted. */
export class Refusal extends Error {}

/**
 * Runs a program to its end and gives what it printed; with `echo` it is shown as it comes, too.
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, echo?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, commandArguments, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (/** @type {string} */ piece) => {
        output += piece;
        if (options.echo === true) {
          process.stdout.write(piece);
        }
      });
    }
    child.once('error', reject);
    child.once('close', code => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program that must succeed; what it printed is shown only when it fails.
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function mustRun(command, commandArguments, options = {}) {
  const { code, output } = await run(command, commandArguments, options);
  if (code !== 0) {
    throw new Refusal(`${[command, ...commandArguments].join(' ')} failed (${code}):\n${output}`);
  }
}

/** Ctrl+C and its like end us by way of the `exit` event, where children and temporary folders are cleared away. */
function exitOnSignals() {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.once(signal, () => process.exit(130));
  }
}

/** @param {unknown} error */
function isRefusal(error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof Refusal || code.startsWith('ERR_PARSE_ARGS');
}

/**
 * The main function of a script: a Refusal, or a wrong option, becomes one line and exit code 2; anything else is a bug
 * and shows its stack.
 * @param {() => Promise<void>} main
 */
export async function script(main) {
  exitOnSignals();
  try {
    await main();
  } catch (error) {
    process.exitCode = isRefusal(error) ? 2 : 1;
    if (error instanceof Error && isRefusal(error)) {
      say(error.message);
    } else {
      console.error(error);
    }
    // A server or a browser that runs already must not keep a failed script alive.
    process.exit();
  }
}
