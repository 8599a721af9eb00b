// The Anthropic client against a server that answers as Anthropic does; its answers are appended to a file, as apps do.
import Anthropic from '@anthropic-ai/sdk';
import { appendLine, serve } from './support.mjs';

const message = {
  id: 'msg_whole',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content: [
    { type: 'text', text: 'Let me look.' },
    { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Oslo' } },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: {
    input_tokens: 20,
    cache_creation_input_tokens: 30,
    cache_read_input_tokens: 50,
    output_tokens: 40,
    service_tier: 'standard',
  },
};
const events = [
  {
    type: 'message_start',
    message: {
      ...message,
      id: 'msg_streamed',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 25, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It is ' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '4 °C.' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 15 },
  },
  { type: 'message_stop' },
];
const overloaded = {
  type: 'error',
  error: { type: 'overloaded_error', message: 'Overloaded' },
  request_id: 'req_overloaded',
};

const server = await serve(({ body }, answer) => {
  const { model, stream } = JSON.parse(body);
  const json = { 'content-type': 'application/json' };
  if (model === 'busy') {
    answer.writeHead(529, json).end(JSON.stringify(overloaded));
  } else if (stream) {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    events.forEach(event =>
      answer.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
    );
    answer.end();
  } else {
    answer.writeHead(200, json).end(JSON.stringify(message));
  }
});

const client = new Anthropic({ apiKey: 'none', baseURL: server.url, maxRetries: 0 });
const request = {
  model: 'claude-sonnet-4-5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Weather in Oslo?' }],
};
const log = value => appendLine('anthropic.jsonl', value);
log(await client.messages.create(request));
for await (const event of await client.messages.create({ ...request, stream: true })) {
  log(event);
}
try {
  await client.messages.create({ ...request, model: 'busy' });
} catch (error) {
  log(error.error);
}
server.close();
