import assert from 'node:assert/strict';
import { TextFinder } from '../../../../src/engine/search/holdsText';
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
