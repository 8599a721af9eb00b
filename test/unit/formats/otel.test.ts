import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SpanPatch } from '../../../src/model/span';
import { readFixture, readValue } from './readFixture';

const context = { fileName: 'spans.jsonl' };
const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const seconds = 1_791_187_200;

/** One call in every encoding: its ids, its times, its model and its tokens. */
const encodings: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  [
    'otlp-json',
    {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId,
                  spanId,
                  name: 'chat m',
                  startTimeUnixNano: `${seconds}000000000`,
                  endTimeUnixNano: `${seconds + 1}500000000`,
                  attributes: [
                    { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                    { key: 'gen_ai.request.model', value: { stringValue: 'm' } },
                    { key: 'gen_ai.usage.input_tokens', value: { intValue: '7' } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    'otel-js',
    {
      _spanContext: { traceId, spanId },
      name: 'chat m',
      startTime: [seconds, 0],
      endTime: [seconds + 1, 500_000_000],
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        'gen_ai.usage.input_tokens': 7,
      },
    },
  ],
  [
    'otel-python',
    {
      name: 'chat m',
      context: { trace_id: `0x${traceId}`, span_id: `0x${spanId}` },
      parent_id: null,
      start_time: '2026-10-05T08:00:00.000000Z',
      end_time: '2026-10-05T08:00:01.500000Z',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        'gen_ai.usage.input_tokens': 7,
      },
    },
  ],
  [
    'otel-go',
    {
      Name: 'chat m',
      SpanContext: { TraceID: traceId, SpanID: spanId },
      StartTime: '2026-10-05T10:00:00+02:00',
      EndTime: '2026-10-05T10:00:01.5+02:00',
      Attributes: [
        { Key: 'gen_ai.operation.name', Value: { Type: 'STRING', Value: 'chat' } },
        { Key: 'gen_ai.request.model', Value: { Type: 'STRING', Value: 'm' } },
        { Key: 'gen_ai.usage.input_tokens', Value: { Type: 'INT64', Value: 7 } },
      ],
    },
  ],
  [
    'jaeger',
    {
      data: [
        {
          traceID: traceId,
          spans: [
            {
              traceID: traceId,
              spanID: spanId,
              operationName: 'chat m',
              startTime: seconds * 1e6,
              duration: 1_500_000,
              tags: [
                { key: 'gen_ai.operation.name', type: 'string', value: 'chat' },
                { key: 'gen_ai.request.model', type: 'string', value: 'm' },
                { key: 'gen_ai.usage.input_tokens', type: 'int64', value: 7 },
              ],
            },
          ],
          processes: {},
        },
      ],
    },
  ],
  [
    'zipkin',
    {
      traceId,
      id: spanId,
      name: 'chat m',
      timestamp: seconds * 1e6,
      duration: 1_500_000,
      localEndpoint: { serviceName: 's' },
      tags: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        'gen_ai.usage.input_tokens': '7',
      },
    },
  ],
  [
    'any-agent',
    {
      spans: [
        {
          name: 'chat m',
          context: {
            trace_id: BigInt(`0x${traceId}`).toString(),
            span_id: BigInt(`0x${spanId}`).toString(),
          },
          parent: {},
          start_time: `${seconds}000000000`,
          end_time: `${seconds + 1}500000000`,
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.request.model': 'm',
            'gen_ai.usage.input_tokens': 7,
          },
        },
      ],
      final_output: 'x',
    },
  ],
  [
    'mlflow',
    {
      info: {},
      data: {
        spans: [
          {
            trace_id: Buffer.from(traceId, 'hex').toString('base64'),
            span_id: Buffer.from(spanId, 'hex').toString('base64'),
            name: 'chat m',
            start_time_unix_nano: `${seconds}000000000`,
            end_time_unix_nano: `${seconds + 1}500000000`,
            attributes: {
              'mlflow.spanType': '"CHAT_MODEL"',
              'mlflow.llm.model': '"m"',
              'mlflow.chat.tokenUsage': '{"input_tokens":7}',
            },
          },
        ],
      },
    },
  ],
  [
    'otel-span',
    {
      name: 'chat m',
      trace_id: traceId,
      span_id: spanId,
      start_time: '2026-10-05T08:00:00Z',
      duration_ms: 1500,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        'gen_ai.usage.input_tokens': 7,
      },
    },
  ],
]);

/** Names that the conventions use, so that random values land where they are read. */
const names =
  `gen_ai.operation.name gen_ai.request.model gen_ai.response.model gen_ai.usage.input_tokens
  gen_ai.input.messages gen_ai.output.messages gen_ai.system_instructions gen_ai.tool.definitions gen_ai.prompt
  gen_ai.prompt.0.content gen_ai.prompt.0.tool_calls.0.name gen_ai.completion.0.content llm.input_messages
  llm.input_messages.0.message.contents.0.message_content.text llm.output_messages.0.message.tool_calls llm.tools
  openinference.span.kind input.value output.value ai.operationId ai.prompt ai.prompt.messages ai.prompt.tools
  ai.response.text ai.response.toolCalls ai.response.providerMetadata ai.usage.inputTokens span.type entity.1.type
  entity.2.name mlflow.spanType mlflow.spanInputs mlflow.spanOutputs mlflow.chat.tokenUsage error.type
  traceloop.span.kind events all_messages_events pydantic_ai.all_messages haystack.component.output gen_ai.output
  metadata event.name session.id prompt.id duration_ms model error status_code __proto__ constructor`.split(
    /\s+/,
  );
const events =
  `exception gen_ai.choice gen_ai.user.message gen_ai.content.prompt data.input data.output metadata
  gen_ai.client.inference.operation.details claude_code.api_request gemini_cli.api_response codex.sse_event`.split(
    /\s+/,
  );
const values = fc.oneof(
  fc.jsonValue(),
  fc.jsonValue().map(value => JSON.stringify(value)),
  fc.constantFrom(
    'chat',
    'LLM',
    'TOOL',
    'inference',
    'ai.generateText.doGenerate',
    'execute_tool',
    '-1',
    '[{}]',
  ),
);
const attributes = fc
  .array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 12 })
  .map(
    entries =>
      JSON.parse(
        `{${entries.map(pair => pair.map(part => JSON.stringify(part)).join(':')).join(',')}}`,
      ) as unknown,
  );

describe('spans of OpenTelemetry', () => {
  for (const [format, record] of encodings) {
    it(`are the same span in ${format} as in all others`, () => {
      const { claimedBy, reading } = readValue(record, 1, context);
      assert.deepEqual(
        claimedBy.map(({ id }) => id),
        [format],
      );
      const [span] = reading?.spans ?? [];
      assert.equal(span?.identity, `span:${traceId}/${spanId}`);
      assert.equal(span?.kind, 'call');
      assert.equal(span?.model, 'm');
      assert.equal(span?.usage?.inputTokens, 7);
      assert.equal(span?.startTime, seconds * 1e3);
      assert.equal(span?.durationMs, 1500);
    });
  }

  it('never make a reader throw, whatever stands in their attributes and events', () => {
    fc.assert(
      fc.property(attributes, fc.constantFrom(...events), attributes, (own, name, ofEvent) => {
        const spans = { name: 'chat', context: { trace_id: 'a', span_id: 'b' }, parent_id: null };
        const span = { ...spans, attributes: own, events: [{ name, attributes: ofEvent }] };
        const log = { hrTime: [seconds, 0], attributes: own, body: ofEvent, eventName: name };
        for (const record of [span, log, { name, attributes: own }]) {
          (readValue(record, 1, context).reading?.spans ?? []).forEach(exhaust);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('with many messages are read in linear time', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        `llm.input_messages.${index}.message.content`,
        'hello',
      ]),
    );
    const record = { name: 'chat', attributes: { 'openinference.span.kind': 'LLM', ...many } };
    const [span] = readValue(record, 1, context).reading?.spans ?? [];
    assert.equal(span?.content?.().inputMessages.length, 20_000);
  });
});

describe('a file of the JavaScript SDK', () => {
  it('counts an event about a call as the call when the spans are lost', () => {
    const spans = readFixture('otel-js/01-events-without-spans.jsonl').flatMap(
      record => record.reading?.spans ?? [],
    );
    const calls = spans.filter(span => span.kind === 'call').map(span => span.identity);
    assert.deepEqual(calls, ['request:resp-1', 'request:resp-2', undefined]);
  });

  it('knows an event and a span of one response as one call', () => {
    const spans = readFixture('otel-js/02-spans-and-events.jsonl').flatMap(
      record => record.reading?.spans ?? [],
    );
    const ofResponse = (id: string): ReadonlySet<string | undefined> =>
      new Set(spans.filter(span => span.requestId === id).map(span => span.identity));
    assert.equal(ofResponse('resp-7').size, 1);
    assert.equal(ofResponse('resp-8').size, 1);
  });
});

function exhaust(span: SpanPatch): void {
  span.content?.();
  assert.equal(span.status === 'error', span.error !== undefined);
  for (const count of Object.values(span.usage ?? {})) {
    assert.ok(count === undefined || (Number.isInteger(count) && count >= 0));
  }
}
