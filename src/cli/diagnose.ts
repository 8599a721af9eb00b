import readline from 'node:readline';
import type { ErrorDiagnosis } from '../model/diagnostic';
import { isCall } from '../model/span';
import { errorBook } from '../rules/errorBook';
import type { ErrorInput } from '../rules/errors/diagnoseError';
import type { Command, Invocation } from './command';
import { UsageError } from './io';
import { withLogs } from './openLogs';
import { cutToWidth, toOneLine } from './visibleText';

export const diagnose: Command = {
  name: 'diagnose',
  usage: 'diagnose [PATH… | --message TEXT | --stdin] [--json]',
  summary: 'says why calls failed and what to do about it',
  details: [
    'PATH            every failed call of the logs',
    '--message TEXT  one message; more is said with --type, --status, --provider and --model',
    '--stdin         a JSON object a line: id, message, error_type, status, provider, model',
  ],
  options: {
    message: { type: 'string' },
    type: { type: 'string' },
    status: { type: 'string' },
    provider: { type: 'string' },
    model: { type: 'string' },
    stdin: { type: 'boolean' },
  },
  async run(invocation) {
    const message = invocation.option('message');
    const fromStdin = invocation.has('stdin');
    const ways = [message !== undefined, fromStdin, invocation.paths.length > 0];
    if (ways.filter(Boolean).length !== 1) {
      throw new UsageError('diagnose takes one of: a PATH, --message TEXT, --stdin');
    }
    if (message !== undefined) {
      await print(invocation, {}, errorBook().diagnoseError(toInput(invocation, message)));
      return;
    }
    await (fromStdin ? diagnoseStdin(invocation) : diagnoseLogs(invocation));
  },
};

function toInput(invocation: Invocation, message: string): ErrorInput {
  const status = invocation.option('status');
  if (status !== undefined && !/^\d{3}$/.test(status)) {
    throw new UsageError('--status is an HTTP status such as 429');
  }
  return {
    message,
    type: invocation.option('type'),
    status: status === undefined ? undefined : Number(status),
    provider: invocation.option('provider'),
    model: invocation.option('model'),
  };
}

async function diagnoseLogs(invocation: Invocation): Promise<void> {
  await withLogs(invocation, { final: true }, async ({ engine }) => {
    for (const span of await engine.matchingSpans('status:error')) {
      if (isCall(span)) {
        const { message = '', type, status } = span.error ?? {};
        const { provider, model } = span;
        const diagnosis = errorBook().diagnoseError({ message, type, status, provider, model });
        await print(invocation, { key: span.key }, diagnosis, message);
      }
    }
  });
}

async function diagnoseStdin(invocation: Invocation): Promise<void> {
  const { io, out } = invocation;
  let line = 0;
  for await (const text of readline.createInterface({ input: io.stdin, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') {
      continue;
    }
    const row = toRow(text);
    if (row) {
      await print(invocation, { id: row.id }, errorBook().diagnoseError(row.input));
      continue;
    }
    // the order of the lines is the promise, so a bad line has its place too
    await (invocation.json
      ? out.printJson({ id: null, problem: `line ${line} is not a JSON object with a message` })
      : out.printText(`line ${line} is not a JSON object with a message\n`));
  }
}

function toRow(text: string): { readonly id: unknown; readonly input: ErrorInput } | undefined {
  const row = parseObject(text);
  const message = row?.get('message');
  if (!row || typeof message !== 'string') {
    return undefined;
  }
  const status = Number(row.get('status') ?? Number.NaN);
  return {
    id: row.get('id') ?? null,
    input: {
      message,
      type: textOf(row.get('error_type')),
      status: Number.isFinite(status) ? status : undefined,
      provider: textOf(row.get('provider')),
      model: textOf(row.get('model')),
    },
  };
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `about` says which error it is: an id that was given, the key of a call. */
async function print(
  { out, json }: Invocation,
  about: { readonly id?: unknown; readonly key?: string },
  diagnosis: ErrorDiagnosis,
  message?: string,
): Promise<void> {
  const { category, confidence, title, explanation, fixes, links, facts, matched } = diagnosis;
  const retryable = diagnosis.retryable ?? null;
  if (json) {
    const said = { category, confidence, title, explanation, fixes, links, facts, retryable };
    await out.printJson({ ...about, ...said, matched });
    return;
  }
  await out.printText(`${title} (${category}, ${confidence})`);
  if (about.key !== undefined) {
    await out.printText(`  ${about.key}`);
  }
  if (message !== undefined) {
    await out.printText(`  ${cutToWidth(toOneLine(message.slice(0, 1000)), 200)}`);
  }
  await out.printText(`  ${explanation}`);
  for (const fix of fixes) {
    await out.printText(`  - ${fix}`);
  }
  for (const link of links) {
    await out.printText(`  ${link.title}: ${link.url}`);
  }
  await out.printText('');
}
