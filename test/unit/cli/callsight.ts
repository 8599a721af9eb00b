import { PassThrough, Writable } from 'node:stream';
import { run } from '../../../src/cli/run';

/** A command that has been run in this process. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `callsight` with these arguments in the root of the repository. */
export async function callsight(args: readonly string[], input = ''): Promise<Ran> {
  const session = startCallsight(args);
  session.stdin.end(input);
  const code = await session.done;
  return { code, stdout: session.stdout(), stderr: session.stderr() };
}

/** A command that goes on until it is interrupted. */
export interface Session {
  readonly stdin: PassThrough;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly interrupt: () => void;
  /** Exit code. */
  readonly done: Promise<number>;
}

export function startCallsight(args: readonly string[], out = new Collector()): Session {
  const stdin = new PassThrough();
  const errors = new Collector();
  let interrupt: () => void = () => {};
  const interrupted = new Promise<void>(resolve => {
    interrupt = resolve;
  });
  const done = run(args, {
    stdin,
    stdout: out,
    stderr: errors,
    cwd: process.cwd(),
    readVersion: () => '1.2.3',
    untilInterrupted: () => interrupted,
  });
  return { stdin, stdout: () => out.text, stderr: () => errors.text, interrupt, done };
}

/** Keeps what is written to it. */
export class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** The lines of `--json`. */
export function toObjects(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null) {
        throw new Error(`not an object: ${line}`);
      }
      return Object.fromEntries(Object.entries(value));
    });
}
