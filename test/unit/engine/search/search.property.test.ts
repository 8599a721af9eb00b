import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { createEngine } from '../../../../src/engine/createEngine';
import { everySpan, found, mayFind, mustFind, quoted, type Searched } from './searched';

/** A text that is in some body, or nearly. */
function textIn(all: readonly Searched[]): fc.Arbitrary<string> {
  const texts = all.flatMap(one => one.texts).filter(text => text !== '');
  const index = fc.nat(texts.length - 1);
  const change = fc.constantFrom<(text: string) => string>(
    text => text,
    text => text.toUpperCase(),
    text => text.toLowerCase(),
    text => `${text}x`,
  );
  const place = fc.tuple(index, fc.nat(), fc.integer({ min: 1, max: 14 }), change);
  return place.map(([at, from, length, changed]) => {
    const text = texts[at] ?? '';
    const start = from % text.length;
    return changed(text.slice(start, start + length));
  });
}

describe('searching bodies', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callsight-search-'));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  async function assertFindsTheSame(
    target: string,
    isLeftOut: (one: Searched) => boolean,
  ): Promise<void> {
    const engine = createEngine({ final: true });
    try {
      await engine.handlers.addSource({ path: target });
      await engine.handlers.whenIdle({});
      const all = (await everySpan(engine)).filter(one => !isLeftOut(one));
      assert.ok(all.some(({ texts }) => texts.length > 0));
      await fc.assert(
        fc.asyncProperty(textIn(all), async text => {
          const actual = new Set(await found(engine, quoted(text)));
          const missing = all.filter(one => mustFind(one, text) && !actual.has(one.span.key));
          const wrong = all.filter(one => !mayFind(one, text) && actual.has(one.span.key));
          assert.deepEqual(
            { text, missing: missing.map(keyOf), wrong: wrong.map(keyOf) },
            { text, missing: [], wrong: [] },
          );
        }),
        { numRuns: 100 },
      );
    } finally {
      await engine.dispose();
    }
  }

  it('finds in logs of all formats what reading every body finds', async () => {
    // what such a log tells of a conversation is found at the call that was sent it first
    const conversations = new Set([
      'claude-code',
      'codex-rollout',
      'cline',
      'copilot-cli',
      'gemini-cli',
      'kimi-cli',
      'open-hands',
      'pi-agent',
      'qwen-code',
    ]);
    await assertFindsTheSame('test/fixtures', ({ span }) => conversations.has(span.format));
  });
});

function keyOf({ span }: Searched): string {
  return `${span.format} ${span.key}`;
}
