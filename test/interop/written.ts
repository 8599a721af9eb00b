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

/** What a real library wrote and Callsight read, file by file. */
export interface WrittenLogs {
  readonly folder: string;
  /** Spans with their bodies, in time order; each stands in one file. */
  of(file: string): readonly SpanDetail[];
  /** Reasons of what was not understood in the file. */
  skippedOf(file: string): readonly string[];
  dispose(): void;
}

/** A clock that is read twice may go back a little. Milliseconds. */
const clockSlackMs = 50;

/** Runs a writer of `test/interop/writers` in a process of its own and reads what it wrote; undefined when it cannot run. */
export async function writtenBy(writer: string): Promise<WrittenLogs | undefined> {
  const isPython = writer.endsWith('.py');
  const program = isPython ? process.env['INTEROP_PYTHON'] : process.env['INTEROP_NODE'];
  if (!program) {
    return undefined;
  }
  const script = path.resolve('test/interop/writers', writer);
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-interop-')));
  const dispose = () => fs.rmSync(folder, { recursive: true, force: true });
  const started = Date.now();
  try {
    // the AI SDK's devtools write below the working folder
    const { stdout } = await promisify(execFile)(program, [script, folder], { cwd: folder });
    fs.writeFileSync(path.join(folder, 'stdout.log'), stdout);
    const logs = await readFolder(folder);
    assertTimes(logs.spans, started - clockSlackMs, Date.now() + clockSlackMs);
    const isIn = (file: string) => (ref: { readonly file: string }) =>
      path.relative(folder, ref.file) === path.normalize(file);
    return {
      folder,
      of: file => logs.spans.filter(({ span }) => span.sources.some(isIn(file))),
      skippedOf: file =>
        logs.skipped.filter(({ source }) => isIn(file)(source)).map(each => each.reason),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function readFolder(folder: string) {
  const engine = createEngine({ final: true });
  try {
    await engine.handlers.addSource({ path: folder });
    await engine.handlers.whenIdle({});
    const spans: SpanDetail[] = [];
    for (const { key } of engine.spans()) {
      const detail = await engine.handlers.getSpan({ key });
      assert.ok(detail, key);
      spans.push(detail);
    }
    const skipped = [...engine.records()].flatMap(record =>
      'skipped' in record ? { source: record.source, reason: record.skipped } : [],
    );
    return { spans, skipped };
  } finally {
    await engine.dispose();
  }
}

/** Whatever has a time was written while the writer ran, but for what a provider said of itself. */
function assertTimes(spans: readonly SpanDetail[], from: number, to: number): void {
  for (const { span } of spans) {
    if (span.startTime !== undefined && !span.format.startsWith('provider-')) {
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
