// One agent run, traced with the OpenTelemetry SDK by the GenAI conventions: as OTLP JSON over HTTP, as the SDK's own
// objects written to a file, and as the console exporter prints them.
import fs from 'node:fs';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { collect, outputFile } from './support.mjs';

const collector = await collect('otlp.jsonl');

/** Writes spans as the SDK holds them, as Copilot Chat and Gemini CLI do. */
const rawExporter = {
  export(spans, done) {
    for (const span of spans) {
      const seen = new WeakSet();
      const text = JSON.stringify(span, (_key, value) => {
        if (typeof value === 'object' && value !== null) {
          if (seen.has(value)) {
            return '[Circular]';
          }
          seen.add(value);
        }
        return value;
      });
      fs.appendFileSync(outputFile('sdk-spans.jsonl'), `${text}\n`);
    }
    done({ code: 0 });
  },
  shutdown: () => Promise.resolve(),
};

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'weather-bot' }),
  spanProcessors: [
    new BatchSpanProcessor(new OTLPTraceExporter({ url: `${collector.url}/v1/traces` })),
    new SimpleSpanProcessor(rawExporter),
    new SimpleSpanProcessor(new ConsoleSpanExporter()),
  ],
});
provider.register();
const tracer = provider.getTracer('weather-bot', '1.0.0');
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

const question = [{ role: 'user', parts: [{ type: 'text', content: 'Weather in Oslo?' }] }];
const toolCall = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'call_oslo', name: 'get_weather', arguments: { city: 'Oslo' } }],
};
const toolResult = {
  role: 'tool',
  parts: [{ type: 'tool_call_response', id: 'call_oslo', response: { celsius: 4 } }],
};
const answer = { role: 'assistant', parts: [{ type: 'text', content: 'It is 4 °C in Oslo.' }] };

async function chat(attributes, run) {
  const options = {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.conversation.id': 'conversation-7',
      ...attributes,
    },
  };
  const span = tracer.startSpan('chat gpt-4o', options);
  await pause(20);
  run(span);
  span.end();
}

const agent = tracer.startSpan('invoke_agent weather', {
  attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'weather' },
});
await context.with(trace.setSpan(context.active(), agent), async () => {
  await pause(5);
  await chat({ 'gen_ai.request.temperature': 0.2 }, span =>
    span.setAttributes({
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.response.id': 'chatcmpl-first',
      'gen_ai.response.finish_reasons': ['tool_calls'],
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 17,
      'gen_ai.usage.cache_read.input_tokens': 64,
      'gen_ai.input.messages': JSON.stringify(question),
      'gen_ai.output.messages': JSON.stringify([{ ...toolCall, finish_reason: 'tool_calls' }]),
    }),
  );
  const tool = tracer.startSpan('execute_tool get_weather', {
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.call.id': 'call_oslo',
      'gen_ai.tool.call.arguments': '{"city":"Oslo"}',
      'gen_ai.tool.call.result': '{"celsius":4}',
    },
  });
  await pause(10);
  tool.end();
  await chat({}, span =>
    span.setAttributes({
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.response.id': 'chatcmpl-second',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 150,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.input.messages': JSON.stringify([...question, toolCall, toolResult]),
      'gen_ai.output.messages': JSON.stringify([{ ...answer, finish_reason: 'stop' }]),
    }),
  );
  await chat({ 'error.type': 'RateLimitError' }, span => {
    const message = '429 Rate limit reached for gpt-4o';
    span.recordException({ name: 'RateLimitError', message });
    span.setStatus({ code: SpanStatusCode.ERROR, message });
  });
  const embedding = tracer.startSpan('embeddings text-embedding-3-small', {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'text-embedding-3-small',
      'gen_ai.usage.input_tokens': 8,
    },
  });
  embedding.end();
});
agent.end();
await provider.shutdown();
collector.close();
