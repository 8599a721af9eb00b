import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseFilter } from '../../../src/engine/filter';
import { filterFields } from '../../../src/engine/filterFields';
import type { Span } from '../../../src/model/span';

const span: Span = {
  key: 'request:81f9',
  traceKey: 'trace:ed2f',
  join: 'traceId',
  requestId: '81f9c1f6-6c0f',
  traceId: 'ed2f89d9-4a2f',
  sessionId: 'session-7',
  kind: 'call',
  name: 'completion',
  provider: 'openai',
  model: 'gpt-4o-mini',
  durationMs: 2689.5,
  timeToFirstTokenMs: 300,
  usage: { inputTokens: 12_000, outputTokens: 225 },
  cost: { usd: 0.012, source: 'computed' },
  status: 'error',
  finishReason: 'tool_calls',
  error: {
    type: 'RateLimitError',
    message: 'Rate limit reached for gpt-4o',
    status: 429,
    category: 'rate_limit',
  },
  userId: 'jane.doe@example.com',
  tags: { team: 'Search', ['__proto__x']: '1' },
  toolCallNames: ['lookup_order'],
  hasInput: false,
  hasOutput: false,
  format: 'llm-logger',
  sources: [{ file: 'C:\\logs\\llm.jsonl', offset: 0, length: 1, line: 1 }],
};

function matches(text: string, over: Partial<Span> = {}): boolean {
  const filter = parseFilter(text);
  assert.ok(filter.ok, `${text}: ${filter.ok ? '' : filter.message}`);
  return filter.matches({ ...span, ...over });
}

function assertAll(expected: boolean, texts: readonly string[]): void {
  for (const text of texts) {
    assert.equal(matches(text), expected, text);
  }
}

describe('the filter', () => {
  it('finds by every field', () => {
    assertAll(true, [
      '',
      'status:error',
      'STATUS:Error',
      'kind:call',
      'model:gpt-4o-mini',
      'provider:openai',
      'name:compl',
      'tool:lookup_order',
      'session:session-7',
      'user:jane.doe@example.com',
      'trace:ed2f89d9-4a2f',
      'tag.team:search',
      'format:llm-logger',
      'file:logs/llm.jsonl',
      'finish:tool_calls',
      'error:429',
      'error:rate_limit',
      'error:"limit reached"',
      'latency:>2s',
      'ttft:<=300ms',
      'tokens:12225',
      'in:12k',
      'out:<1k',
      'cost:>0.01',
      'cost:<$1',
    ]);
    assertAll(false, [
      'status:ok',
      'model:gpt-4o',
      'tag.team:ads',
      'tag.constructor:*',
      'tool:lookup',
      'file:audit.jsonl',
      'error:timeout',
      'latency:>3s',
      'out:>225',
      'cost:0.01',
    ]);
  });

  it('takes a star for any text, but not in quotes', () => {
    assertAll(true, [
      'model:gpt-4o*',
      'model:*mini',
      'model:g*4*mini',
      'file:*.jsonl',
      'file:llm*',
      'cost:*',
      'rate*reached',
    ]);
    assertAll(false, [
      'model:"gpt-4o*"',
      'model:*4o',
      'model:g*z*mini',
      'file:jsonl*',
      'reached*rate',
    ]);
    assert.equal(matches('model:ab*ba', { model: 'aba' }), false);
  });

  it('joins by AND, OR, NOT, minus and parentheses', () => {
    assertAll(true, [
      'status:error model:gpt-4o* latency:>2s "Rate limit"',
      'status:ok OR provider:openai',
      'NOT status:ok',
      '-status:ok',
      'NOT NOT status:error',
      '(status:ok OR model:gpt*) AND NOT (user:bob OR session:x)',
      'status:ok provider:openai OR kind:call',
    ]);
    assertAll(false, [
      'status:error AND status:ok',
      'NOT (status:error OR status:ok)',
      'status:ok (kind:call OR kind:tool)',
    ]);
  });

  it('takes ranges with units', () => {
    assertAll(true, [
      'latency:[2s TO 3s]',
      'latency:[2689.5 TO 1m]',
      'in:{1k TO 12001}',
      'cost:[0.01 TO 0.02]',
    ]);
    assertAll(false, ['latency:{2689.5 TO 1m]', 'in:[1 TO 12k}']);
  });

  it('never takes unknown for a number', () => {
    for (const text of ['latency:<1h', 'latency:>=0', 'latency:*', 'latency:[0 TO 1h]']) {
      assert.equal(matches(text, { durationMs: undefined }), false, text);
    }
  });

  it('finds free words in name, model, error, ids and tags, and asks the bodies for the rest', () => {
    assertAll(true, ['COMPLETION', 'mini', '"rate limit"', '81f9c1f6', 'search', 'team', 'jane']);
    const filter = parseFilter('status:error (refund OR "order no") -secret');
    assert.ok(filter.ok);
    assert.deepEqual(filter.textTerms, ['refund', 'order no', 'secret']);
    assert.equal(filter.matches(span), false);
    assert.equal(
      filter.matches(span, term => term === 'order no'),
      true,
    );
    assert.equal(
      filter.matches(span, () => true),
      false,
    );
    const asked: string[] = [];
    filter.matches({ ...span, status: 'ok' }, term => asked.push(term) > 0);
    assert.deepEqual(asked, []);
  });

  it('lets nothing through because of words that are not known to be there or not', () => {
    const unknown = (): undefined => undefined;
    const known = (term: string): boolean | undefined => (term === 'refund' ? true : undefined);
    const cases: readonly (readonly [string, typeof known, boolean])[] = [
      ['refund', unknown, false],
      ['-refund', unknown, false],
      ['-(-refund)', unknown, false],
      ['refund OR status:error', unknown, true],
      ['refund -secret', known, false],
      ['refund OR -secret', known, true],
      ['refund', known, true],
      ['-refund', known, false],
    ];
    for (const [text, contains, expected] of cases) {
      const filter = parseFilter(text);
      assert.ok(filter.ok);
      assert.equal(filter.matches(span, contains), expected, text);
    }
  });

  it('knows whether a span must hold one of its words', () => {
    const cases: readonly (readonly [string, boolean])[] = [
      ['refund', true],
      ['status:error refund', true],
      ['refund OR "order no"', true],
      ['refund OR status:error', false],
      ['-refund', false],
      ['refund*', false],
      ['status:error', false],
      ['', false],
    ];
    for (const [text, expected] of cases) {
      const filter = parseFilter(text);
      assert.ok(filter.ok);
      assert.equal(filter.requiresText, expected, text);
    }
  });

  it('says what is wrong and where', () => {
    const cases: readonly (readonly [string, RegExp, string])[] = [
      ['status:error modle:x', /no field "modle".*"model"/, 'modle'],
      ['statsu:x', /"status"/, 'statsu'],
      ['http://x', /no field "http".*quotes/, 'http'],
      ['status:failed', /one of ok, error/, 'failed'],
      ['latency:fast', /write 500ms/, 'fast'],
      ['cost:2s', /not a number/, '2s'],
      ['model:>x', /cannot be compared/, 'model:>x'],
      ['model:[a TO b]', /cannot be compared/, 'model:[a TO b]'],
      ['latency:[1 2]', /\[1 TO 2\]/, '[1 2]'],
      ['latency:[1 TO 2', /never closed/, '[1 TO 2'],
      ['model:', /needs a value/, 'model:'],
      ['a "b c', /quote is never closed/, '"b c'],
      ['a (b', /never closed/, '('],
      ['a ) b', /no \( for this/, ')'],
      ['OR a', /missing before/, 'O'],
      ['()', /missing before/, ')'],
    ];
    for (const [text, message, marked] of cases) {
      const filter = parseFilter(text);
      assert.ok(!filter.ok, text);
      assert.match(filter.message, message);
      assert.equal(text.slice(filter.start, filter.end), marked, text);
    }
    const filter = parseFilter('a AND');
    assert.ok(!filter.ok);
    assert.match(filter.message, /missing at the end/);
  });

  it('gives an answer or a problem inside the text, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'()[]{}":*-<>=\\ \''.split(''),
        ' AND ',
        ' OR ',
        ' NOT ',
        ' TO ',
        '1',
        '2s',
        'x',
      ),
      fc.constantFrom(...filterFields.keys()).map(name => `${name}:`),
      fc.string({ maxLength: 4, unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        const text = pieces.join('');
        const filter = parseFilter(text);
        if (filter.ok) {
          assert.equal(typeof filter.matches(span), 'boolean');
          return;
        }
        assert.ok(filter.message.length > 0);
        assert.ok(0 <= filter.start && filter.start <= filter.end && filter.end <= text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('answers long and deep filters at all, which a quadratic parser does not', function () {
    this.timeout(20_000);
    const size = 100_000;
    const texts = [
      ['a '.repeat(size), true],
      ['('.repeat(size), false],
      [`${'NOT '.repeat(size)}a`, true],
      [`${'-'.repeat(size)}a`, true],
      [`${'a OR '.repeat(size)}b`, true],
      ['"'.repeat(size + 1), false],
      ['\\'.repeat(size), true],
      [`latency:${'['.repeat(size)}`, false],
      [`model:${'*'.repeat(size)}`, true],
      [`${'a'.repeat(size)}:b`, false],
    ] as const;
    for (const [text, ok] of texts) {
      const filter = parseFilter(text);
      assert.equal(filter.ok, ok, text.slice(0, 20));
      if (filter.ok) {
        filter.matches(span);
      }
    }
  });
});
