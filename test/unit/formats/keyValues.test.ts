import assert from 'node:assert/strict';
import { parseKeyValues } from '../../../src/formats/fields/keyValues';
import { fieldsOfText } from '../../../src/formats/fields/textFields';

describe('key=value pairs in a text', () => {
  const fieldsOf = (text: string, spaced = false): Record<string, unknown> => ({
    ...parseKeyValues(text, { spaced }).fields,
  });

  it('end at white space, commas or bars, and keep the text before them apart', () => {
    const { text, size } = parseKeyValues('Called it: model=gpt-4o, tokens=12 | latency=1.5s');
    assert.equal(text, 'Called it:');
    assert.equal(size, 3);
    assert.deepEqual(fieldsOf('model=gpt-4o, tokens=12 | latency=1.5s'), {
      model: 'gpt-4o',
      tokens: 12,
      latency: '1.5s',
    });
  });

  it('go on to the next key where texts have no quotes', () => {
    assert.deepEqual(fieldsOf("error=no such model answer='a b' n=1", true), {
      error: 'no such model',
      answer: 'a b',
      n: 1,
    });
    assert.deepEqual(fieldsOf('response=[1] See there next=2', true), {
      response: '[1] See there',
      next: 2,
    });
  });

  it('may be in the quotes of Go or Python, JSON, a dict, or the words for nothing', () => {
    assert.deepEqual(
      fieldsOf(
        String.raw`a="x \"y\"" b='it\'s' c={"d": [1, 2]} e={'f': None} g=None h=true id=007`,
      ),
      { a: 'x "y"', b: "it's", c: { d: [1, 2] }, e: { f: null }, g: null, h: true, id: '007' },
    );
  });

  it('are none in prose, comparisons and addresses', () => {
    assert.equal(parseKeyValues('if a == b then c').size, 0);
    assert.equal(parseKeyValues('GET http://x.test/?q=1').size, 0);
    assert.equal(fieldsOfText('a single word=here'), undefined);
  });

  it('take linear time', () => {
    const started = performance.now();
    for (const text of [
      "a='".repeat(1e5),
      'a={'.repeat(1e5),
      'a=b '.repeat(1e5),
      '='.repeat(1e6),
    ]) {
      parseKeyValues(text);
      parseKeyValues(text, { spaced: true });
      fieldsOfText(text);
    }
    assert.ok(performance.now() - started < 5000);
  });
});
