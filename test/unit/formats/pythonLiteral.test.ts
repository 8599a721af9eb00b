import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePythonDict } from '../../../src/formats/fields/pythonLiteral';

/** As Python prints it. */
function repr(value: unknown): string {
  if (value === null || typeof value === 'boolean') {
    return value === null ? 'None' : value ? 'True' : 'False';
  }
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
    return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value)
      ? `[${value.map(repr).join(', ')}]`
      : `{${Object.entries(value)
          .map(([key, inner]) => `${repr(key)}: ${repr(inner)}`)
          .join(', ')}}`;
  }
  return Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
}

/** Those are read as their digits. */
const hasNoLongNumber = (value: unknown): boolean => !/\d{16}/.test(JSON.stringify(value));

/** An object of JSON.parse, so that a key `__proto__` is compared as well. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('parsePythonDict', () => {
  it('reads every value that repr writes back', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue().filter(hasNoLongNumber), {
          minKeys: 1,
        }),
        dict => {
          assert.deepEqual(plain(parsePythonDict(repr(dict))), plain(dict));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads what JSON does not have', () => {
    const text =
      String.raw`{'none': None, 'yes': True, "it's": -1.5e3, 'pair': (1, 2), 'one': (1,), 'no': (),
      'set': {1, 2}, 'empty': {}, 'bytes': b'gr\xc3\xbc\'n', 'escapes': 'a\nb\t\\\x41\u00e9\U0001f600 \'"', 3: 'three', (1, 'a'): [],
      'nan': nan, 'inf': -inf, 'big': 100927429609276267756646448943279827607, 'broken': 'one '
      'two', 'at': datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), 'role': <Role.USER: 'us>er'>,
      'enum': Role.USER, 'model': Message(text='a) "b', parts=[1]), '__proto__': 1}`.replaceAll(
        /\n\s*/g,
        ' ',
      );
    assert.deepEqual(Object.entries(parsePythonDict(text) ?? {}), [
      ['3', 'three'],
      ['none', null],
      ['yes', true],
      ["it's", -1500],
      ['pair', [1, 2]],
      ['one', [1]],
      ['no', []],
      ['set', [1, 2]],
      ['empty', {}],
      ['bytes', "grü'n"],
      ['escapes', 'a\nb\t\\Aé😀 \'"'],
      ['[1,"a"]', []],
      ['nan', null],
      ['inf', -Infinity],
      ['big', '100927429609276267756646448943279827607'],
      ['broken', 'one two'],
      ['at', 'datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)'],
      ['role', "<Role.USER: 'us>er'>"],
      ['enum', 'Role.USER'],
      ['model', `Message(text='a) "b', parts=[1])`],
      ['__proto__', 1],
    ]);
  });

  it('refuses what repr does not write', () => {
    for (const text of [
      '',
      '{',
      "{'a'}",
      "{'a': 1",
      "{'a': 1,}",
      "{'a': [1,]}",
      "{'a': 1} x",
      "{'a': b}",
      "{a: 'b'}",
      "{'a': 'b}",
      "{'a': 'b'c'}",
      "{'a': 'b''c'}",
      "{'a': '\\q'}",
      "{'a': '\\u12'}",
      "{'a': '\\U00110000'}",
      "{'a': 'x\ny'}",
      "{'a': 1 2}",
      "{'a': f(}",
      "{'a': 12ms}",
      "{'a': 00}",
      "{'a': .5}",
      "{'a': +1}",
      '{"a": 1, 2: 3}',
      '{"a": (1, 2)}',
      '{"a": "b" "c"}',
      "['a']",
      "{'a': 1}{'b': 2}",
    ]) {
      assert.equal(parsePythonDict(text), undefined, text);
    }
  });

  it('never throws, and takes time that grows with the text, however it is nested', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from(`{}[]()<>'":, \\bN1.`)) }),
        text => {
          parsePythonDict(`{'a': ${text}`);
        },
      ),
    );
    for (const piece of ['{1:', '[', '(', '<', 'f(', '1', "'a' ", '\\', 'a.']) {
      assert.equal(parsePythonDict(`{'a': ${piece.repeat(200_000)}`), undefined, piece);
    }
  });
});
