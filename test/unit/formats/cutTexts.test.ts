import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TextPart } from '../../../src/model/message';
import { readFixture, readText, type ReadRecord } from './readFixture';

type Side = 'inputMessages' | 'outputMessages';

function texts(records: readonly ReadRecord[], side: Side): TextPart[] {
  return records
    .flatMap(record => record.reading?.spans ?? [])
    .flatMap(span => span.content?.()[side] ?? [])
    .flatMap(message => message.parts)
    .filter(part => part.type === 'text');
}

/** A text is marked as cut when and only when the same app logged a longer one elsewhere. */
function assertCuts(printed: readonly TextPart[], whole: ReadonlySet<string>): void {
  assert.ok(printed.length > 0);
  for (const { text, cutByLogger } of printed) {
    const longer = [...whole].some(other => other.length > text.length && other.startsWith(text));
    const isRight = cutByLogger === true ? longer : whole.has(text);
    assert.ok(isRight, `${cutByLogger === true ? 'not really cut' : 'cut, or changed'}: ${text}`);
  }
}

describe('texts of the console log against the same texts in the saved conversations, when they are there', () => {
  const printed = readFixture('seed-loggers/console.log');
  const folder = path.resolve('../shared/samples/seed-app');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const conversations = names
    .filter(name => name.startsWith('debug_conversation_'))
    .flatMap(name => readText(readFileSync(path.join(folder, name), 'utf8'), name));
  const test = conversations.length > 0 ? it : it.skip;

  for (const side of ['inputMessages', 'outputMessages'] as const) {
    test(`marks those of the ${side === 'inputMessages' ? 'request' : 'answer'} that are cut, and no others`, () => {
      const logs = [readFixture('seed-app/structlog.jsonl'), conversations];
      const whole = new Set(logs.flatMap(log => texts(log, side)).map(part => part.text));
      assertCuts(texts(printed, side), whole);
    });
  }
});
