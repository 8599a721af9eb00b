// The AI SDK with its mock model: its telemetry by OTLP, and the file that its devtools middleware keeps.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { devToolsMiddleware } from '@ai-sdk/devtools';
import {
  generateText,
  simulateReadableStream,
  stepCountIs,
  streamText,
  tool,
  wrapLanguageModel,
} from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { z } from 'zod';
import { collect } from './support.mjs';

const collector = await collect('ai-sdk-otlp.jsonl');
const provider = new NodeTracerProvider({
  spanProcessors: [
    new BatchSpanProcessor(new OTLPTraceExporter({ url: `${collector.url}/v1/traces` })),
  ],
});
provider.register();
const tracer = provider.getTracer('ai');

const usage = (input, cached, output, reasoning) => ({
  inputTokens: { total: input, noCache: input - cached, cacheRead: cached, cacheWrite: 0 },
  outputTokens: { total: output, text: output - reasoning, reasoning },
});
const finish = unified => ({ unified, raw: unified });
const calling = {
  content: [
    {
      type: 'tool-call',
      toolCallId: 'call_oslo',
      toolName: 'get_weather',
      input: '{"city":"Oslo"}',
    },
  ],
  finishReason: finish('tool-calls'),
  usage: usage(120, 64, 17, 5),
  warnings: [],
  response: { id: 'mock-first', modelId: 'mock-large-001', timestamp: new Date() },
};
const answering = {
  content: [{ type: 'text', text: 'It is 4 °C in Oslo.' }],
  finishReason: finish('stop'),
  usage: usage(150, 0, 9, 0),
  warnings: [],
  response: { id: 'mock-second', modelId: 'mock-large-001', timestamp: new Date() },
};
const tools = {
  get_weather: tool({
    description: 'Weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: () => Promise.resolve({ celsius: 4 }),
  }),
};
const telemetry = functionId => ({
  experimental_telemetry: {
    isEnabled: true,
    functionId,
    metadata: { userId: 'ada', sessionId: 'session-9' },
    tracer,
  },
});

/** @param {'generate' | 'stream' | 'fail'} what */
function model(what) {
  const answers = [calling, answering];
  return wrapLanguageModel({
    middleware: devToolsMiddleware(),
    model: new MockLanguageModelV3({
      provider: 'mock.chat',
      modelId: 'mock-large',
      doGenerate: () =>
        what === 'fail'
          ? Promise.reject(new Error('Rate limit reached for mock-large'))
          : Promise.resolve(answers.shift() ?? answering),
      doStream: () =>
        Promise.resolve({
          stream: simulateReadableStream({
            chunks: [
              { type: 'stream-start', warnings: [] },
              { type: 'response-metadata', id: 'mock-third', modelId: 'mock-large-001' },
              { type: 'text-start', id: '1' },
              { type: 'text-delta', id: '1', delta: 'Bring ' },
              { type: 'text-delta', id: '1', delta: 'a coat.' },
              { type: 'text-end', id: '1' },
              { type: 'finish', finishReason: finish('stop'), usage: usage(30, 0, 6, 0) },
            ],
          }),
        }),
    }),
  });
}

await generateText({
  model: model('generate'),
  system: 'Be brief.',
  prompt: 'Weather in Oslo?',
  tools,
  stopWhen: stepCountIs(3),
  ...telemetry('weather'),
});
const streamed = streamText({
  model: model('stream'),
  prompt: 'What should I wear?',
  ...telemetry('clothes'),
});
await streamed.consumeStream();
try {
  await generateText({
    model: model('fail'),
    prompt: 'Too much?',
    maxRetries: 0,
    ...telemetry('failing'),
  });
} catch {
  // this is the call that is meant to fail
}
await provider.shutdown();
collector.close();
