import assert from 'node:assert/strict';
import fc from 'fast-check';
import { categories } from '../../../src/rules/errors/categories/index';
import { diagnoseError } from '../../../src/rules/errors/diagnoseError';

const length = 100_000;
const pieces: readonly string[] = [
  'a',
  'aaaa!',
  '(',
  '((((',
  '[{"a":',
  '{"error":{"message":"',
  '\\',
  '\\"',
  '\\n',
  '\\u00',
  '"',
  "'",
  '`',
  'Error: ',
  'req_',
  'req-',
  'sk-a_',
  'model ',
  'model: a ',
  'tokens exceed ',
  'limit 1 ',
  'limit: 1, used: 1, ',
  '1,',
  '1 > ',
  '1 + ',
  'rate limit ',
  'messages.1.',
  'tools[0].',
  'a.b/c:d@',
  'https://a.b/',
  'file.py:1:',
  'A_B_C_',
  'image is too ',
  'must be ',
  'status code: ',
  'select a from ',
  ' at f (',
  'input_value=[',
  '\u001b[31m',
  '模型',
  ' ',
  '\n',
  '0x',
  'api key ',
  'max_tokens: ',
  'access to the ',
];

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('diagnoseError on anything', () => {
  for (const piece of pieces) {
    it(`ends soon on 100,000 characters of ${JSON.stringify(piece)}`, function () {
      this.timeout(60_000);
      const message = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      diagnoseError({ message: message.slice(0, 1000) });
      // Only 16 K characters are looked at, so the time must not follow the length at all; the bound is for a slow machine.
      assert.ok(milliseconds(() => diagnoseError({ message })) < 6000);
      assert.ok(milliseconds(() => diagnoseError({ message: `${message}${message}` })) < 6000);
    });
  }

  it('never throws, and quotes only what stands in the message', function () {
    this.timeout(60_000);
    const words = fc.constantFrom(
      ...pieces,
      'Rate limit reached',
      'HTTP 429',
      '\ud83d',
      '__proto__',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 40 })
        .map(all => all.join('')),
    );
    const ids = new Set([...categories.map(({ id }) => id), 'unknown']);
    const input = fc.record({
      message: text,
      type: fc.option(text, { nil: undefined }),
      status: fc.option(fc.integer(), { nil: undefined }),
      provider: fc.option(text, { nil: undefined }),
      model: fc.option(text, { nil: undefined }),
    });
    fc.assert(
      fc.property(input, asked => {
        const found = diagnoseError(asked);
        assert.ok(ids.has(found.category));
        let last = 0;
        for (const { start, end, text: quoted } of found.matched) {
          assert.ok(start >= last && start < end && end <= asked.message.length);
          assert.equal(asked.message.slice(start, end), quoted);
          last = end;
        }
        for (const value of Object.values(found.facts)) {
          assert.ok(typeof value === 'string' || Number.isFinite(value));
        }
      }),
      { numRuns: 300 },
    );
  });
});
