import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import type { SpanDetail } from '../../../src/protocol/engineContract';
import { spanToMarkdown } from '../../../src/host/display/copyText';
import { toMessageReport } from '../../../src/host/display/diagnosisDocument';
import { escapeMarkdown, fenced } from '../../../src/host/display/markdown';
import {
  toPromptDocument,
  toRawDocument,
  toResponseDocument,
} from '../../../src/host/display/spanDocuments';

const hostile = [
  '![x](http://evil.test/x.png)',
  '[click](command:evil)',
  '<img src=x onerror=alert(1)>',
  '<http://evil.test>',
  'see http://evil.test/path and www.evil.test',
  '```\n# not ours\n````\n<script>alert(1)</script>',
  '# heading',
  '- [ ] task\n1. one\n=====',
  '&lt;b&gt; **bold** _it_ ~~gone~~ `code`',
  'a | b\n--- | ---',
];

function makeDetail(text: string): SpanDetail {
  const source = { file: '/logs/a.jsonl', offset: 0, length: 10, line: 1 };
  return {
    span: {
      key: 'k',
      traceKey: 't',
      join: 'traceId',
      kind: 'call',
      name: text,
      model: text,
      provider: text,
      usage: { inputTokens: 5 },
      status: 'error',
      error: { message: text, type: text, category: 'unknown' },
      tags: {},
      toolCallNames: [],
      hasInput: true,
      hasOutput: true,
      format: 'test',
      sources: [source],
    },
    content: {
      inputMessages: [{ role: text, parts: [{ type: 'text', text }] }],
      outputMessages: [
        { role: 'assistant', parts: [{ type: 'toolCall', name: text, arguments: { text } }] },
      ],
      tools: [],
      params: {},
    },
    diagnosis: {
      category: 'unknown',
      confidence: 'unsure',
      title: text,
      explanation: text,
      fixes: [text],
      links: [{ title: text, url: 'https://example.com/docs' }],
      facts: { param: text },
      retryable: undefined,
      matched: [],
    },
    findings: [],
    raw: [{ source, text: '{"a":1}', omittedBytes: 0, changedOnDisk: false }],
    resentMessages: 0,
    attempts: [],
    isPromptTooLarge: false,
  };
}

/** Tags and link targets that a renderer with everything switched on makes of it. */
function rendered(markdown: string): { tags: Set<string>; links: string[] } {
  const html = new MarkdownIt({ html: true, linkify: true }).render(markdown);
  const tags = new Set(
    [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(match => (match[1] ?? '').toLowerCase()),
  );
  return { tags, links: [...html.matchAll(/href="([^"]*)"/g)].map(match => match[1] ?? '') };
}

const ours = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'p',
  'pre',
  'code',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'ol',
  'ul',
  'li',
  'a',
]);

describe('log text in Markdown', () => {
  for (const text of hostile) {
    it(`stays text when a call is copied: ${JSON.stringify(text.slice(0, 30))}`, () => {
      const { tags, links } = rendered(spanToMarkdown(makeDetail(text)));
      assert.deepEqual(
        [...tags].filter(tag => !ours.has(tag)),
        [],
      );
      assert.deepEqual([...new Set(links)], ['https://example.com/docs']);
    });

    it(`stays text in the report of a message: ${JSON.stringify(text.slice(0, 30))}`, () => {
      const diagnosis = makeDetail(text).diagnosis;
      assert.ok(diagnosis);
      const { tags, links } = rendered(toMessageReport(text, diagnosis));
      assert.deepEqual(
        [...tags].filter(tag => !ours.has(tag)),
        [],
      );
      assert.deepEqual(links, ['https://example.com/docs']);
    });
  }

  it('reads as it was written when nothing in it means anything', () => {
    const text = 'max_tokens (4,096) is too large: 131,422 > 128,000. See docs.';
    assert.equal(escapeMarkdown(text), text);
  });

  it('cannot end the code block it stands in', () => {
    const block = fenced('a\n`````\nb');
    assert.ok(block.startsWith('``````text\n'));
    assert.ok(block.endsWith('\n``````'));
  });
});

describe('documents of a call', () => {
  it('show what was sent and what came back as in the log', () => {
    const detail = makeDetail('*as it is*');
    assert.equal(toPromptDocument(detail), '# *as it is*\n\n*as it is*\n');
    assert.match(toResponseDocument(detail), /^# assistant\n\n\[tool call\] \*as it is\*\n\{/);
  });

  it('say that the log holds no text, and how to record it', () => {
    const text = toPromptDocument({
      ...makeDetail('x'),
      content: undefined,
      recordingHint: { steps: [{ text: 'Switch it on.', code: 'LOG_PROMPTS=1' }] },
    });
    assert.match(
      text,
      /^The log does not say what was sent\.\n\nTo record it:\n\nSwitch it on\.\n\n {4}LOG_PROMPTS=1\n$/,
    );
  });

  it('set out JSON records and leave others as they are', () => {
    assert.equal(toRawDocument(makeDetail('x')), '{\n  "a": 1\n}\n');
    const [record] = makeDetail('x').raw;
    assert.ok(record);
    const cut = { ...makeDetail('x'), raw: [{ ...record, text: '{"a":', omittedBytes: 12 }] };
    assert.equal(toRawDocument(cut), '{"a":\n… 12 more bytes\n');
  });
});
