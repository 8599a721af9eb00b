import assert from 'node:assert/strict';
import { measurePrompt } from '../../../src/analysis/promptSize';
import type { Message, SpanContent } from '../../../src/model/message';
import { nameCulprit } from '../../../src/rules/errors/culprit';
import { diagnoseError } from '../../../src/rules/errors/diagnoseError';

function contentOf(inputMessages: readonly Message[]): SpanContent {
  const tools = [{ name: 'search', description: 'x'.repeat(14) }];
  return { inputMessages, outputMessages: [], tools, params: {} };
}

const conversation: readonly Message[] = [
  { role: 'system', parts: [{ type: 'text', text: 'x'.repeat(40) }] },
  {
    role: 'user',
    parts: [
      { type: 'text', text: 'x'.repeat(20) },
      { type: 'image', url: 'https://example.com/a.png' },
    ],
  },
  {
    role: 'assistant',
    parts: [{ type: 'toolCall', id: 'c1', name: 'search', arguments: { q: 'a' } }],
  },
  { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', content: 'x'.repeat(905) }] },
];

describe('what filled a prompt', () => {
  it('is told by part, the largest first, results under the name of their tool', () => {
    const size = measurePrompt(contentOf(conversation), 1200);
    assert.deepEqual(
      size?.parts.map(({ name, kind, characters }) => [name, kind, characters]),
      [
        ['search', 'toolResult', 905],
        ['system prompt', 'messages', 40],
        ['user messages', 'messages', 20],
        ['tool definitions', 'tools', 20],
        ['assistant messages', 'messages', 15],
      ],
    );
    assert.equal(size?.characters, 1000);
    assert.equal(size.hasMedia, true);
  });

  it('is unknown where there is no text', () => {
    assert.equal(
      measurePrompt({ inputMessages: [], outputMessages: [], tools: [], params: {} }, undefined),
      undefined,
    );
  });

  it('names the culprit as the first thing to do about a prompt that is too long', () => {
    const size = measurePrompt(contentOf(conversation), 1200);
    assert.ok(size);
    const message =
      "This model's maximum context length is 1000 tokens. However, your messages resulted in 1200 tokens.";
    const [first] = nameCulprit(diagnoseError({ message }), size).fixes;
    assert.equal(first, 'Shorten the result of search: about 1,086 tokens, 91 % of the prompt.');
  });

  it('knows when the log holds only a part of it, and names nobody then', () => {
    const size = measurePrompt(
      contentOf(conversation.filter(({ role }) => role !== 'user')),
      131_422,
    );
    assert.equal(size?.isPartial, true);
    const long = diagnoseError({ message: 'maximum context length is 128000 tokens' });
    assert.equal(nameCulprit(long, size), long);
  });

  it('names nobody about an error of another kind, or when no part stands out', () => {
    const size = measurePrompt(contentOf(conversation), 1200);
    assert.ok(size);
    const other = diagnoseError({ message: 'Rate limit reached for gpt-4o' });
    assert.equal(nameCulprit(other, size), other);
    const many = conversation.map((message, index) => ({ ...message, role: `role ${index}` }));
    const even = measurePrompt(
      {
        ...contentOf(many),
        inputMessages: ['a', 'b', 'c', 'd'].map(role => ({
          role,
          parts: [{ type: 'text', text: 'x'.repeat(50) }],
        })),
        tools: [],
      },
      undefined,
    );
    assert.ok(even);
    const long = diagnoseError({ message: 'maximum context length is 128000 tokens' });
    assert.equal(nameCulprit(long, even), long);
  });
});
