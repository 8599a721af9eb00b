import assert from 'node:assert/strict';
import type { Reading } from '../../src/formats/format';
import type { Message, Part, SpanContent } from '../../src/model/message';
import type { SpanPatch } from '../../src/model/span';

/** Everything that a reading says, its bodies too, so that nothing lazy hides an exception. Throws when it is no reading. */
export function exhaustReading({ spans, turn, audit }: Reading): readonly SpanContent[] {
  const contents = exhaust(spans);
  if (turn) {
    assert.equal(typeof turn.thread, 'string', 'the thread of a turn');
    assertMessages(turn.messages());
  }
  if (audit?.timestamp !== undefined) {
    assert.ok(Number.isFinite(audit.timestamp), 'time of an audit entry');
  }
  return contents;
}

export function exhaust(spans: readonly SpanPatch[]): readonly SpanContent[] {
  return spans.flatMap(span => {
    assertSane(span);
    const content = span.content?.();
    assertContent(content);
    return content ?? [];
  });
}

export function assertContent(content: SpanContent | undefined): void {
  assertMessages(content?.inputMessages ?? []);
  assertMessages(content?.outputMessages ?? []);
  for (const tool of content?.tools ?? []) {
    assertTexts({ name: tool.name, description: tool.description ?? '' });
  }
  assert.equal(typeof (content?.params ?? {}), 'object', 'params');
}

function assertSane(span: SpanPatch): void {
  const { usage, durationMs, startTime, endTime, timeToFirstTokenMs, loggedCostUsd } = span;
  const numbers = { durationMs, startTime, endTime, timeToFirstTokenMs, loggedCostUsd };
  for (const [name, number] of Object.entries(numbers)) {
    assert.ok(number === undefined || Number.isFinite(number), `${name} ${number} is not finite`);
  }
  assert.ok(durationMs === undefined || durationMs >= 0, `duration ${durationMs}`);
  for (const [name, count] of Object.entries(usage ?? {})) {
    const isCount = count === undefined || (Number.isInteger(count) && count >= 0);
    assert.ok(isCount, `${name} ${count} is no count`);
  }
  const { identity, name, model, provider, requestId, traceId, spanId, parentSpanId } = span;
  const { sessionId, finishReason, userId, error, tags, toolCallNames } = span;
  assertTexts({ identity, name, model, provider, requestId, traceId, spanId, parentSpanId });
  assertTexts({ sessionId, finishReason, userId, ...tags });
  (toolCallNames ?? []).forEach(tool => assertTexts({ tool }));
  assertTexts({ message: error?.message, type: error?.type });
  assert.ok(error?.status === undefined || Number.isFinite(error.status), 'HTTP status');
  assert.equal(span.status === 'error', error !== undefined, `${span.status} and its error`);
  assert.equal(typeof span.hasInput, 'boolean');
  assert.equal(typeof span.hasOutput, 'boolean');
}

function assertTexts(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, text] of Object.entries(fields)) {
    assert.ok(text === undefined || typeof text === 'string', `${name} is a ${typeof text}`);
  }
}

function assertMessages(messages: readonly Message[]): void {
  for (const { role, name, parts } of messages) {
    assert.equal(typeof role, 'string', 'a role');
    assertTexts({ name });
    parts.forEach(assertPart);
  }
}

function assertPart(part: Part): void {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      assert.equal(typeof part.text, 'string', part.type);
      return;
    case 'toolCall':
      assert.equal(typeof part.name, 'string', 'name of a tool call');
      assertTexts({ id: part.id });
      return;
    case 'toolResult':
      assertTexts({ id: part.id, name: part.name });
      return;
    case 'image':
    case 'audio':
    case 'file': {
      const { byteLength } = part;
      assert.ok(byteLength === undefined || (Number.isFinite(byteLength) && byteLength >= 0));
      assertTexts({ mimeType: part.mimeType, name: part.name, url: part.url });
    }
  }
}

const prototypes = [Object, Array, String, Number, Function, Map].map(
  // the prototype of a class is an object, whatever its type says
  ({ prototype }) => prototype as object,
);
const keysOfPrototypes = (): string =>
  prototypes.map(prototype => Reflect.ownKeys(prototype).map(String).join()).join('; ');
const keysBefore = keysOfPrototypes();

/** Throws when a prototype that all objects share has other keys than at the beginning. */
export function assertCleanPrototypes(): void {
  assert.equal(keysOfPrototypes(), keysBefore);
}
