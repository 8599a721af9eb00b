import { toDurationMs } from './duration';
import { trimEndOf } from './trimEnd';
import { countCodePoints, toCount, toLabel } from './values';

export const blockRule = '='.repeat(60);
/** Characters (code points, as Python counts) after which the logger cuts. */
const messageLimit = 200;
const responseLimit = 500;

interface LoggedText {
  readonly text: string;
  /** Exactly as long as the logger lets it be, so there was more, or it ended just there. */
  readonly isCut: boolean;
}

export interface DebugBlock {
  readonly name: string;
  readonly model?: string | undefined;
  readonly messages: readonly (LoggedText & { readonly role: string })[];
  readonly latencyMs?: number | undefined;
  /** Of input and output together. */
  readonly tokens?: number | undefined;
  readonly response?: LoggedText | undefined;
  readonly error?: string | undefined;
  /** Whether the block has its last part: latency and answer, or the error. */
  readonly isOver: boolean;
}

/** Parses a block between two rules; undefined when it is none. Texts may hold line breaks and lines that look like ours. */
export function parseBlock(record: string): DebugBlock | undefined {
  const lines = record.split('\n').filter(line => line !== blockRule);
  const head = lines[0] ?? '';
  if (!head.startsWith('LLM Call: ')) {
    return undefined;
  }
  const footer = findFooter(lines);
  const messagesAt = lines.indexOf('Messages:');
  const hasMessages = messagesAt !== -1 && messagesAt < footer.at;
  return {
    name: head.slice('LLM Call: '.length).trim() || 'call',
    model: toLabel(valueOf(lines.slice(1, hasMessages ? messagesAt : footer.at), 'Model: ')),
    messages: hasMessages ? readMessageLines(lines.slice(messagesAt + 1, footer.at)) : [],
    ...(footer.kind === 'done' ? readFooter(lines.slice(footer.at)) : {}),
    isOver: footer.kind !== 'none',
    error:
      footer.kind === 'failed'
        ? lines.slice(footer.at).join('\n').slice('Error: '.length).trimEnd()
        : undefined,
  };
}

/** Where the part after the messages begins: at the latency of a call that came back, or at the error, the last one. */
function findFooter(lines: readonly string[]): { kind: 'done' | 'failed' | 'none'; at: number } {
  const done = lines.findIndex(
    (line, index) =>
      /^Latency: \d+(?:\.\d+)?ms$/.test(line) &&
      lines[index - 1] === '' &&
      isAfterLatency(lines[index + 1]),
  );
  if (done !== -1) {
    return { kind: 'done', at: done };
  }
  const failed = lines.findLastIndex(
    (line, index) => line.startsWith('Error: ') && lines[index - 1] === '',
  );
  return failed === -1 ? { kind: 'none', at: lines.length } : { kind: 'failed', at: failed };
}

function isAfterLatency(line: string | undefined): boolean {
  return line === undefined || line === '' || line.startsWith('Tokens: ');
}

function readFooter(
  lines: readonly string[],
): Pick<DebugBlock, 'latencyMs' | 'tokens' | 'response'> {
  const responseAt = lines.findIndex(line => line.startsWith('Response: '));
  const numbers = responseAt === -1 ? lines : lines.slice(0, responseAt);
  const latency = valueOf(numbers, 'Latency: ');
  const response =
    responseAt === -1 ? undefined : lines.slice(responseAt).join('\n').slice('Response: '.length);
  return {
    latencyMs: latency === undefined ? undefined : toDurationMs(latency.replace('ms', '')),
    tokens: toCount(valueOf(numbers, 'Tokens: ')),
    response:
      response === undefined ? undefined : withoutDots(trimEndOf(response, '\n'), responseLimit),
  };
}

function readMessageLines(lines: readonly string[]): DebugBlock['messages'] {
  const messages: { role: string; lines: string[] }[] = [];
  for (const line of lines) {
    const start = /^ {2}\[([^\]]{1,40})\]: /.exec(line);
    if (start?.[1] !== undefined) {
      messages.push({ role: start[1], lines: [line.slice(start[0].length)] });
    } else {
      messages.at(-1)?.lines.push(line);
    }
  }
  return messages.map(message => ({
    role: message.role,
    ...withoutDots(trimEndOf(message.lines.join('\n'), '\n'), messageLimit),
  }));
}

/** The logger adds three dots to every text, cut or not. */
function withoutDots(logged: string, limit: number): LoggedText {
  const text = logged.endsWith('...') ? logged.slice(0, -3) : logged;
  return { text, isCut: text.length >= limit && countCodePoints(text) >= limit };
}

function valueOf(lines: readonly string[], label: string): string | undefined {
  return lines.find(line => line.startsWith(label))?.slice(label.length);
}
