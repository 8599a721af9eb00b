// The OpenAI client against a server that answers as OpenAI does; its answers are appended to files, as apps do.
import OpenAI from 'openai';
import { appendLine, serve } from './support.mjs';

const now = Math.floor(Date.now() / 1000);
const usage = {
  prompt_tokens: 82,
  completion_tokens: 17,
  total_tokens: 99,
  prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 5, audio_tokens: 0 },
};
const completion = {
  id: 'chatcmpl-whole',
  object: 'chat.completion',
  created: now,
  model: 'gpt-4o-2024-08-06',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        refusal: null,
        tool_calls: [
          {
            id: 'call_oslo',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
          },
        ],
      },
      logprobs: null,
      finish_reason: 'tool_calls',
    },
  ],
  usage,
};
const chunk = (delta, finish_reason = null, more = {}) => ({
  id: 'chatcmpl-streamed',
  object: 'chat.completion.chunk',
  created: now,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index: 0, delta, finish_reason, logprobs: null }],
  ...more,
});
const chunks = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'It is ' }),
  chunk({ content: '4 °C.' }),
  chunk({}, 'stop'),
  {
    ...chunk({}),
    choices: [],
    usage: { prompt_tokens: 31, completion_tokens: 6, total_tokens: 37 },
  },
];
const response = {
  id: 'resp_whole',
  object: 'response',
  created_at: now,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  model: 'gpt-5-2025-08-07',
  output: [
    { id: 'rs_1', type: 'reasoning', summary: [{ type: 'summary_text', text: 'Look it up.' }] },
    {
      id: 'msg_1',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Cold.', annotations: [] }],
    },
  ],
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  usage: {
    input_tokens: 40,
    input_tokens_details: { cached_tokens: 10 },
    output_tokens: 30,
    output_tokens_details: { reasoning_tokens: 20 },
    total_tokens: 70,
  },
};
const rateLimit = {
  error: {
    message: 'Rate limit reached for gpt-4o in organization org-x on requests per min (RPM)',
    type: 'requests',
    param: null,
    code: 'rate_limit_exceeded',
  },
};

const server = await serve(({ url, body }, answer) => {
  const { model, stream } = JSON.parse(body);
  const send = (status, value) =>
    answer
      .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
      .end(JSON.stringify(value));
  if (model === 'busy') {
    send(429, rateLimit);
  } else if (url.endsWith('/responses')) {
    send(200, response);
  } else if (stream) {
    answer.writeHead(200, { 'content-type': 'text/event-stream' });
    chunks.forEach(each => answer.write(`data: ${JSON.stringify(each)}\n\n`));
    answer.end('data: [DONE]\n\n');
  } else {
    send(200, completion);
  }
});

const client = new OpenAI({ apiKey: 'none', baseURL: `${server.url}/v1`, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Weather in Oslo?' }];

const log = value => appendLine('openai.jsonl', value);
log(await client.chat.completions.create({ model: 'gpt-4o', messages }));
const stream = await client.chat.completions.create({
  model: 'gpt-4o-mini',
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const piece of stream) {
  log(piece);
}
log(await client.responses.create({ model: 'gpt-5', input: 'Weather in Oslo?' }));
try {
  await client.chat.completions.create({ model: 'busy', messages });
} catch (error) {
  log({ error: error.error });
}
server.close();
