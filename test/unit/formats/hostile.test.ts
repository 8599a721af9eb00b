import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toTime } from '../../../src/formats/fields/time';
import { parseJson } from '../../../src/formats/fields/values';
import { exhaust } from '../../fuzz/sane';
import { jsonFormats, readText, readValue, textFormats } from './readFixture';

const context = { fileName: 'debug_conversation_20261005_081205.json' };

/** Names that the readers look for, so that random values land where they are read. */
const knownKeys =
  `request_id id trace_id span_id timestamp ts time model provider operation event level levelname message
  asctime messages prompt prompts response output choices content role type text tool_calls function_calls function
  arguments name input usage tokens prompt_tokens completion_tokens input_tokens output_tokens total_tokens latency_ms
  duration latency cost error error_type success status tags metadata record extra exception action user_id resource
  details spans params tools request data __proto__ constructor toString`.split(/\s+/);

const json = fc.letrec(tie => ({
  leaf: fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      -1,
      0,
      Number.POSITIVE_INFINITY,
      2 ** 60,
      '',
      '12',
      'ok',
      'llm_request',
      'ERROR',
    ),
    fc.double(),
    fc.string(),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
  ),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom(...knownKeys), tie('value')), { maxLength: 12 })
    // as JSON.parse makes objects: own keys, `__proto__` among them
    .map(
      entries =>
        JSON.parse(
          `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`).join(',')}}`,
        ) as unknown,
    ),
})).object;

/** JSON that a hostile writer could write: a number too large for JavaScript among it. */
function jsonOf(value: unknown): string {
  return value === Number.POSITIVE_INFINITY ? '1e400' : (JSON.stringify(value) ?? 'null');
}

function assertClean(): void {
  const probe: Record<string, unknown> = {};
  for (const key of [
    'polluted',
    'isAdmin',
    ...knownKeys.filter(name => !Object.hasOwn(Object.prototype, name)),
  ]) {
    assert.equal(probe[key], undefined, `Object.prototype.${key}`);
  }
}

describe('hostile records', () => {
  it('never throw, whatever values stand under the names that are read', () => {
    fc.assert(
      fc.property(json, value => {
        for (const format of jsonFormats) {
          // even a record that the format does not claim must not make it throw
          format.matches(value, context);
          exhaust(format.read(value, context).spans);
        }
        assertClean();
      }),
      { numRuns: 500 },
    );
  });

  it('belong to one specific format at most', () => {
    // the keys by which formats know their own, thrown together
    const text = fc.constantFrom('llm_request', 'llm_error_diagnosed', 'query', 'ERROR', 'x');
    const keys =
      `request_id operation model prompt_tokens completion_tokens latency_ms event level levelname asctime
      message timestamp action user_id resource content_hash text suggested_fixes error_type message_count input_tokens
      messages response usage`.split(/\s+/);
    const marks = fc.record(
      {
        ...Object.fromEntries(keys.map(key => [key, text])),
        record: fc.constant({ level: {}, extra: {} }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(marks, record => {
        const claims = jsonFormats.filter(
          format => format.fallback !== true && format.matches(record, context),
        );
        assert.ok(claims.length <= 1, claims.map(format => format.id).join(' and '));
      }),
      { numRuns: 3000 },
    );
  });

  it('never throw for any JSON value at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        exhaust(readValue(value, 1, context).reading?.spans ?? []);
        jsonFormats.forEach(format => format.read(value, context));
        assertClean();
      }),
      { numRuns: 500 },
    );
  });

  it('never throw for any text', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '='.repeat(60),
        'LLM Call: f',
        'Model: m',
        'Messages:',
        '  [user]: x...',
        'Latency: 5ms',
        'Tokens: 1',
        '',
      ),
      fc
        .string()
        .map(text => `2026-10-05 08:12:02,368 ERROR app LLM call to ${text} failed: ${text}`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), lines => {
        const text = lines.join('\n');
        for (const format of textFormats) {
          exhaust(format.read(text, context)?.spans ?? []);
        }
        readText(text, 'unknown.log').forEach(record => exhaust(record.reading?.spans ?? []));
      }),
      { numRuns: 500 },
    );
  });

  it('keep a prototype clean whose name is a key, a tag or a parameter', () => {
    const record: unknown = JSON.parse(
      `{"model":"m","latency_ms":1,"__proto__":{"polluted":1},"tags":{"__proto__":"x","ok":"y"},
        "params":{"__proto__":{"polluted":1},"temperature":1},"usage":{"__proto__":{"input_tokens":3},"output_tokens":2}}`,
    );
    const [span] = readValue(record, 1, context).reading?.spans ?? [];
    assertClean();
    assert.deepEqual(Object.entries(span?.tags ?? {}), [['ok', 'y']]);
    assert.deepEqual(Object.entries(span?.content?.().params ?? {}), [['temperature', 1]]);
    assert.equal(span?.usage?.inputTokens, undefined);
  });

  it('survive a hundred thousand levels of nesting in every place that is read', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const objects = '{"content":'.repeat(100_000) + '1' + '}'.repeat(100_000);
    for (const key of [
      'messages',
      'response',
      'tags',
      'error',
      'usage',
      'function_calls',
      'spans',
      'params',
      'tools',
    ]) {
      for (const value of [deep, objects]) {
        const record: unknown = JSON.parse(
          `{"model":"m","latency_ms":1,"prompt":"p","${key}":${value}}`,
        );
        exhaust(readValue(record, 1, context).reading?.spans ?? []);
      }
    }
  });

  it('keep JSON text that nests deeper than a record may as a text', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    assert.notEqual(parseJson(nested(1000)), undefined);
    assert.equal(parseJson(nested(1001)), undefined);
    assert.equal(parseJson(JSON.stringify(nested(5000))), nested(5000));
  });

  it('keep what is kept for every span short, and say how much was left out', () => {
    const long = 'x'.repeat(1_000_000);
    const [span] =
      readValue(
        { model: long, error: long, trace_id: long, tags: { long }, latency_ms: 1 },
        1,
        context,
      ).reading?.spans ?? [];
    assert.match(span?.model ?? '', /^x{300}… \[999700 more characters\]$/);
    assert.match(span?.error?.message ?? '', / more characters\]$/);
    assert.equal(span?.traceId, undefined, 'a cut id could be the id of another trace');
    assert.equal(span?.tags, undefined);
  });

  it('read a megabyte of anything in linear time', () => {
    const texts = [
      'a'.repeat(1e6),
      ' '.repeat(1e6),
      '='.repeat(1e6),
      '1'.repeat(1e6),
      'a.'.repeat(5e5),
      '[ '.repeat(5e5),
    ];
    for (const text of texts) {
      const records = [
        `2026-10-05 08:12:02 ERROR ${text}`,
        `LLM Call: ${text}`,
        text,
        `2026-10-05 08:12:02${text}`,
      ];
      for (const record of records) {
        textFormats.forEach(format => format.createFramer()(record));
        textFormats.forEach(format => exhaust(format.read(record, context)?.spans ?? []));
      }
      const fields = {
        model: text,
        timestamp: text,
        error: text,
        latency: text,
        prompt: text,
        response: text,
      };
      exhaust(readValue(fields, 1, context).reading?.spans ?? []);
    }
  });
});

describe('times', () => {
  it('of any number or text are a valid date or unknown', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.string(), fc.integer(), fc.bigInt().map(String)),
        value => {
          const time = toTime(value);
          assert.ok(time === undefined || !Number.isNaN(new Date(time).getTime()));
        },
      ),
    );
  });
});
