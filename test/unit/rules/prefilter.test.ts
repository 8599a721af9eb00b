import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { categories } from '../../../src/rules/errors/categories/index';
import { readGrams } from '../../../src/rules/errors/grams';
import { mayMatch } from '../../../src/rules/errors/prefilter';
import { makeTable } from '../../../src/rules/errors/needs';
import { needTable } from '../../../src/rules/errors/needs.table';

const messages = ['errors.jsonl', 'errors-sourced.jsonl']
  .flatMap(file => readFileSync(path.resolve('test/fixtures/rules', file), 'utf8').split('\n'))
  .filter(line => line !== '')
  .map(line => z.object({ message: z.string() }).parse(JSON.parse(line)).message);

const patterns = categories
  .flatMap(({ decisive, strong, hint, weak }) => [decisive, strong, hint, weak])
  .flatMap(signs => signs?.words ?? [])
  .map(sign => (sign instanceof RegExp ? sign : sign.words));

describe('mayMatch', () => {
  it('knows from the build what the patterns say', () => {
    assert.ok(needTable.needs.length > patterns.length);
    assert.deepEqual(needTable, makeTable());
  });

  it('never says no to a pattern that matches', () => {
    const texts = messages.map(message => ({ message, grams: readGrams(message) }));
    let matches = 0;
    for (const pattern of patterns) {
      const possible = mayMatch(pattern);
      for (const { message, grams } of texts) {
        if (pattern.test(message)) {
          matches++;
          assert.ok(possible(grams), `${String(pattern)} on ${message}`);
        }
      }
    }
    assert.ok(matches > messages.length);
  });

  it('says no to nine of ten patterns that do not match', () => {
    const tests = patterns.map(pattern => mayMatch(pattern));
    const tried = messages.map(message => {
      const grams = readGrams(message);
      return tests.filter(possible => possible(grams)).length;
    });
    const mean = tried.reduce((sum, count) => sum + count, 0) / tried.length;
    assert.ok(mean < patterns.length / 10, `${mean} of ${patterns.length}`);
  });

  const cases: readonly (readonly [RegExp, string, boolean])[] = [
    [/abcd/, 'xabcdx', true],
    [/abcd/, 'abc', false],
    [/abcd/i, 'ABCD', true],
    [/abcx?def/, 'abcdef', true],
    [/abcx{0,3}def/, 'abcdef', true],
    [/abcd+efg/, 'abcddefg', true],
    [/(?:abc|def)ghi/, 'defghi', true],
    [/(?:abc|def)ghi/, 'xyzghi', false],
    [/(?:abc|d?)ghi/, 'ghi', true],
    [/(?:abc)?ghi/, 'ghi', true],
    [/(?:abc){2}ghi/, 'abcabcghi', true],
    [/abc(?=def)/, 'abcdef', true],
    [/abc(?!def)ghi/, 'abcghi', true],
    [/(?<!abc)def/, 'def', true],
    [/(?<year>abc)def/, 'abcdef', true],
    [/abc[\]|)]def/, 'abc]def', true],
    [/abc\bdef|\$1\.50/, '$1.50', true],
    [/abc\u0041def/, 'abcAdef', true],
    [/a\nbcd/, 'a\nbcd', true],
    [/^abc$/, 'abc', true],
    [/上下文过长/, '上下文过长', true],
    [/(?:abc|abcd)efg/, 'abcefg', true],
    [/(?:abc|abcd)efg/, 'abdefg', false],
    [/(?:abc(?:def|ghi)|jkl|(?:mno))x/, 'abcghix', true],
    [/(?:abc(?:def|ghi)|jkl|(?:mno))x/, 'mnox', true],
    [/(?:abc(?:def|ghi)|jkl|(?:mno))x/, 'abcx', false],
  ];
  for (const [pattern, text, expected] of cases) {
    it(`says ${expected ? 'perhaps' : 'no'} to ${String(pattern)} on ${JSON.stringify(text)}`, () => {
      assert.equal(mayMatch(pattern)(readGrams(text)), expected);
    });
  }
});
