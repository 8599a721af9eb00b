import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createEngine } from '../../src/engine/createEngine';
import type { Message, Part } from '../../src/model/message';
import type { Span } from '../../src/model/span';
import type { SpanDetail } from '../../src/protocol/engineContract';

/** One file that a real library wrote, as Callsight reads it when it is alone. */
export interface WrittenFile {
  /** Spans with their bodies, in time order. */
  readonly spans: readonly SpanDetail[];
  /** Reasons of what was not understood. */
  readonly skipped: readonly string[];
}

/** Files by path below the folder that was written into. */
export type WrittenFiles = ReadonlyMap<string, WrittenFile>;

/** Providers tell times in whole seconds. Milliseconds. */
const clockSlackMs = 1000;

/** Runs a writer of `test/interop/writers` in a process of its own and reads what it wrote; undefined when it cannot run. */
async function writtenBy(writer: string): Promise<WrittenFiles | undefined> {
  const isPython = writer.endsWith('.py');
  const program = isPython ? process.env['INTEROP_PYTHON'] : process.env['INTEROP_NODE'];
  if (!program) {
    return undefined;
  }
  const script = path.resolve('test/interop/writers', writer);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-interop-'));
  try {
    const started = Date.now();
    await promisify(execFile)(program, [script, folder], {
      // the AI SDK's devtools write below the working folder
      cwd: folder,
      // Python's loggers write the time of the zone, which is read as UTC
      env: { ...process.env, TZ: 'UTC' },
    });
    const files = new Map<string, WrittenFile>();
    for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (fs.statSync(path.join(folder, name)).isFile()) {
        // one engine a file: what two loggers wrote of one call would be one call
        files.set(name.replaceAll(path.sep, '/'), await readAlone(path.join(folder, name)));
      }
    }
    for (const { spans } of files.values()) {
      assertTimes(spans, started - clockSlackMs, Date.now() + clockSlackMs);
    }
    return files;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A describe whose tests are given one file that a writer wrote; they are skipped where the writer cannot run. */
export function describeWritten(
  title: string,
  writer: string,
  define: (fileOf: (name: string) => WrittenFile) => void,
): void {
  describe(title, () => {
    let files: WrittenFiles | undefined;

    before(async function () {
      files = await writtenBy(writer);
      if (!files) {
        this.skip();
      }
    });

    define(name => {
      const file = files?.get(name);
      assert.ok(file, `${writer} wrote ${[...(files?.keys() ?? [])].join(', ')}`);
      return file;
    });
  });
}

async function readAlone(file: string): Promise<WrittenFile> {
  const engine = createEngine({ final: true });
  try {
    await engine.handlers.addSource({ path: file });
    await engine.handlers.whenIdle({});
    const spans: SpanDetail[] = [];
    for (const { key } of engine.spans()) {
      const detail = await engine.handlers.getSpan({ key });
      assert.ok(detail, key);
      spans.push(detail);
    }
    const skipped = [...engine.records()].flatMap(record =>
      'skipped' in record ? record.skipped : [],
    );
    return { spans, skipped };
  } finally {
    await engine.dispose();
  }
}

/** Whatever has a time was written while the writer ran. */
function assertTimes(spans: readonly SpanDetail[], from: number, to: number): void {
  for (const { span } of spans) {
    if (span.startTime !== undefined) {
      const earliest = from - (span.durationMs ?? 0);
      assert.ok(span.startTime >= earliest && span.startTime <= to, `time of ${span.key}`);
    }
  }
}

/** What a span says in one line, then a line for every message: `>` sent, `<` received. */
export function facts({ span, content }: SpanDetail): string {
  const { usage, error } = span;
  const numbers = {
    in: usage.inputTokens,
    cached: usage.cacheReadInputTokens,
    written: usage.cacheCreationInputTokens,
    out: usage.outputTokens,
    reasoning: usage.reasoningOutputTokens,
  };
  const head = [
    span.kind,
    isNamed(span) ? span.name : '',
    span.model ?? '',
    span.provider === undefined ? '' : `(${span.provider})`,
    error ? `${error.type ?? 'error'}: ${error.message}` : span.status,
    ...Object.entries(numbers).map(([name, count]) =>
      count === undefined ? '' : `${name}=${count}`,
    ),
    span.finishReason ?? '',
    span.toolCallNames.length > 0 ? `tools=${span.toolCallNames.join()}` : '',
  ];
  return [
    head.filter(word => word !== '').join(' '),
    ...(content?.inputMessages ?? []).map(message => `> ${said(message)}`),
    ...(content?.outputMessages ?? []).map(message => `< ${said(message)}`),
  ].join('\n');
}

/** A call is known by its model, everything else by its name. */
function isNamed(span: Span): boolean {
  return span.kind !== 'call' && span.kind !== 'embedding';
}

function said({ role, parts }: Message): string {
  return `${role}: ${parts.map(saidPart).join(' | ')}`;
}

function saidPart(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.type === 'text' ? part.text : `(${part.type}) ${part.text}`;
    case 'toolCall':
      return `${part.name}(${JSON.stringify(part.arguments)}) ${part.id ?? ''}`;
    case 'toolResult':
      return `${part.id ?? ''} = ${JSON.stringify(part.content)}`;
    case 'image':
    case 'audio':
    case 'file':
      return part.type;
  }
}
