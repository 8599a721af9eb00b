import assert from 'node:assert/strict';
import { TextFinder } from '../../../../src/engine/search/holdsText';
import { contentAfter } from '../../../../src/model/beginning';
import type { Message, SpanContent } from '../../../../src/model/message';

describe('a text in bodies', () => {
  it('is looked for once in a message that many calls were sent', () => {
    let looks = 0;
    const messages = Array.from({ length: 20 }, (_, at): Message => ({
      role: 'user',
      get parts() {
        looks++;
        return [{ type: 'text' as const, text: `Question ${at}` }];
      },
    }));
    const contents = messages.map((message, at): SpanContent => ({
      inputMessages: messages.slice(0, at),
      outputMessages: [message],
      tools: [],
      params: {},
    }));
    const finder = new TextFinder('question 18');
    assert.deepEqual(
      contents.flatMap((content, at) => (finder.isIn(content) ? [at] : [])),
      [18, 19],
    );
    // of the last call the message with the text comes before what was answered
    assert.equal(looks, 19);
  });

  it('is not looked for again in each beginning of one list', () => {
    let looks = 0;
    const messages = new Proxy(
      Array.from({ length: 500 }, (_, at): Message => ({
        role: 'user',
        parts: [{ type: 'text' as const, text: `Question ${at}` }],
      })),
      {
        get(list, key) {
          looks += typeof key === 'string' && /^\d+$/.test(key) ? 1 : 0;
          return Reflect.get(list, key) as unknown;
        },
      },
    );
    const finder = new TextFinder('question 498');
    const found = Array.from({ length: 501 }, (_, count) =>
      finder.isIn(contentAfter({ messages, count }, { outputMessages: [], tools: [], params: {} })),
    );
    assert.equal(found.indexOf(true), 499);
    assert.equal(found.filter(Boolean).length, 2);
    assert.ok(looks <= 500, `${looks} looks`);
  });

  it('may stand in a tool or a parameter', () => {
    const content: SpanContent = {
      inputMessages: [],
      outputMessages: [],
      tools: [{ name: 'Weather' }],
      params: { stop: ['END'] },
    };
    assert.ok(new TextFinder('weather').isIn(content));
    assert.ok(new TextFinder('end').isIn(content));
    assert.ok(!new TextFinder('stop').isIn(content));
  });
});
