// A LangChain chain with a fake model, traced to a server that keeps the batches which LangSmith would be sent.
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain';
import { AIMessage } from '@langchain/core/messages';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { FakeStreamingChatModel } from '@langchain/core/utils/testing';
import { tool } from '@langchain/core/tools';
import { Client } from 'langsmith';
import { z } from 'zod';
import { appendLine, serve } from './support.mjs';

const server = await serve(({ url, body }, response) => {
  if (url.includes('/runs')) {
    appendLine('langsmith.jsonl', JSON.parse(body));
  }
  const info = { batch_ingest_config: { use_multipart_endpoint: false, size_limit: 100 } };
  response
    .setHeader('content-type', 'application/json')
    .end(JSON.stringify(url.endsWith('/info') ? info : {}));
});
const client = new Client({ apiUrl: server.url, apiKey: 'none', autoBatchTracing: true });
const tracer = new LangChainTracer({ client, projectName: 'weather' });
const config = {
  callbacks: [tracer],
  metadata: { session_id: 'session-9', ls_provider: 'openai', ls_model_name: 'gpt-4o' },
};

class FakeChat extends FakeStreamingChatModel {
  _llmType() {
    return 'fake-chat';
  }
  async _generate() {
    const message = new AIMessage({
      content: 'It is 4 °C in Oslo.',
      usage_metadata: {
        input_tokens: 120,
        output_tokens: 17,
        total_tokens: 137,
        input_token_details: { cache_read: 64 },
        output_token_details: { reasoning: 5 },
      },
      response_metadata: { model_name: 'gpt-4o-2024-08-06', finish_reason: 'stop' },
    });
    return { generations: [{ text: 'It is 4 °C in Oslo.', message }] };
  }
}
class FailingChat extends FakeStreamingChatModel {
  async _generate() {
    throw new Error('429 Rate limit reached for gpt-4o');
  }
}

const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'Be brief.'],
  ['human', 'Weather in {city}?'],
]);
await prompt.pipe(new FakeChat({})).invoke({ city: 'Oslo' }, config);
const weather = tool(() => '{"celsius":4}', {
  name: 'get_weather',
  description: 'Weather of a city',
  schema: z.object({ city: z.string() }),
});
await weather.invoke({ city: 'Oslo' }, config);
await new FailingChat({}).invoke('Too much?', config).catch(() => undefined);
await client.awaitPendingTraceBatches();
server.close();
process.exit(0);
