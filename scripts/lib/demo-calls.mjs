import { randomBytes, randomUUID } from 'node:crypto';

/**
 * A made-up support assistant of a bookshop, as the source of log lines: what it is asked, what it looks up, what it says.
 * The records are those of the LLM logger (see docs/formats.md), content switched on.
 */

const systemPrompt =
  'You are the support assistant of Harbour Books. Answer from the shop documents only and cite them as [n]. ' +
  'If an order number is given, look the order up before you answer. Be brief.';

const questions = [
  {
    ask: 'Where is my order 48213? It should have been here on Tuesday.',
    tool: { name: 'lookup_order', arguments: { order_id: 48213 } },
    result:
      '{"order_id": 48213, "status": "in transit", "carrier": "PostNL", "expected": "tomorrow"}',
    answer:
      'Order 48213 left our warehouse on Monday and is with PostNL. It is expected **tomorrow** [1]. If it is not there by then, we send a new copy at no cost.',
  },
  {
    ask: 'Can I return a book that I have already started to read?',
    answer:
      'Yes, within 30 days, as long as it can still be sold as new [2]. A cracked spine or notes in the margin mean that we can only give store credit.',
  },
  {
    ask: 'My gift card says "already redeemed", but I have never used it.',
    tool: { name: 'lookup_gift_card', arguments: { card: 'HB-7Q2X-••••' } },
    result: '{"card": "HB-7Q2X", "balance": 0, "redeemed_on": "2026-11-02", "order_id": 47780}',
    answer:
      'The card was used on 2 November for order 47780. If that was not you, reply with "not mine" and a colleague will block the card and refund it [3].',
  },
  {
    ask: '「吾輩は猫である」の文庫版は在庫がありますか？',
    tool: {
      name: 'search_catalogue',
      arguments: { title: '吾輩は猫である', binding: 'paperback' },
    },
    result: '{"hits": [{"isbn": "9784101010014", "stock": 3}]}',
    answer: 'はい、新潮文庫版の在庫が3冊あります [1]。今日のご注文で明後日に届きます。',
  },
  {
    ask: 'Do you ship to Norway, and what does it cost?',
    answer: 'We do. Up to 2 kg costs €9.90 and takes 4 to 6 days; customs fees are paid by us [4].',
  },
  {
    ask: 'Write me a short note to go with a book for a friend who is ill. She likes herons.',
    answer:
      'Dear friend,\n\nthe heron stands still for hours and then has its fish. May you have both: the patience and, soon, the fish.\n\nWarmly',
  },
];

const models = [
  { model: 'gpt-4o', provider: 'openai', msPerToken: 9 },
  { model: 'gpt-4o-mini', provider: 'openai', msPerToken: 6 },
  { model: 'claude-sonnet-4-5', provider: 'anthropic', msPerToken: 14 },
];

const smallModel = { model: 'gpt-4', provider: 'openai', msPerToken: 20 };

const failures = {
  rateLimit: {
    error_type: 'RateLimitError',
    error:
      "Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-4o in organization org-harbour on tokens per min (TPM): " +
      "Limit 30000, Used 28411, Requested 4120. Please try again in 5.062s.', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}",
  },
  connection: { error_type: 'ConnectError', error: '[Errno 111] Connection refused' },
};

/** What a model says of a prompt that does not fit into its window of 8192 tokens. @param {number} tokens */
const tooLong = tokens => ({
  error_type: 'BadRequestError',
  error:
    "Error code: 400 - {'error': {'message': \"This model's maximum context length is 8192 tokens. However, your messages resulted in " +
    `${tokens} tokens. Please reduce the length of the messages.", 'type': 'invalid_request_error', 'param': 'messages', 'code': 'context_length_exceeded'}}`,
});

/** An order with every scan of its parcel: a result that nobody meant to send to a model. */
const everyScan = () =>
  JSON.stringify({
    order_id: 48213,
    status: 'in transit',
    events: Array.from({ length: 330 }, (_, index) => ({
      seq: index + 1,
      at: new Date(Date.UTC(2026, 10, 16, 6, index * 11)).toISOString(),
      depot: ['Rotterdam', 'Utrecht', 'Zwolle', 'Groningen'][index % 4],
      scan: ['in', 'sorted', 'out', 'reloaded'][index % 4],
      belt: (index * 7) % 41,
    })),
  });

/**
 * What is written at one moment: a line of llm.jsonl, or a conversation file of its own.
 * @typedef {object} DemoStep
 * @property {number} afterMs time since the step before
 * @property {(time: Date) => { line: string } | { fileName: string, text: string }} write
 */

/** @param {Date} time */
const naiveUtc = time => `${time.toISOString().slice(0, -1)}000`;

/** Roughly what a tokeniser would count. @param {string} text */
const countTokens = text => Math.ceil(text.length / 3.6);

/**
 * The steps of one request to the assistant, from the question to its answer or its failure.
 * @param {number} turn counts up; every sixth request or so fails, each time for another reason
 * @param {() => number} random 0 to 1
 * @returns {DemoStep[]}
 */
export function makeRequest(turn, random) {
  const question = questions[turn % questions.length] ?? questions[0];
  const failure = { 2: 'rateLimit', 7: 'connection', 12: 'contextLength' }[turn % 15];
  const chosen =
    failure === 'contextLength'
      ? smallModel
      : models[failure === 'rateLimit' ? 0 : Math.floor(random() * models.length)];
  if (question === undefined || chosen === undefined) {
    return [];
  }
  const { model, provider, msPerToken } = chosen;
  const traceId = randomUUID();
  /** @type {Record<string, unknown>[]} */
  const messages = [
    { role: 'system', content: systemPrompt },
    { role: 'user', content: question.ask },
  ];
  const latency = (/** @type {number} */ tokens) =>
    Math.round((280 + tokens * msPerToken) * (0.8 + random() * 0.5) * 1000) / 1000;
  const promptTokens = () => countTokens(JSON.stringify(messages));

  /** @type {DemoStep[]} */
  const steps = [];
  /** @param {Record<string, unknown>} fields @param {number} latencyMs */
  const call = (fields, latencyMs) => {
    const sent = [...messages];
    steps.push({
      afterMs: latencyMs,
      write: time => ({
        line: JSON.stringify({
          request_id: randomUUID(),
          timestamp: naiveUtc(time),
          model,
          provider,
          operation: 'completion',
          messages: sent,
          ...fields,
          latency_ms: latencyMs,
          ...('error' in fields
            ? {}
            : { tags: { trace_id: traceId, span_id: randomBytes(4).toString('hex') } }),
        }),
      }),
    });
  };

  if (question.tool !== undefined) {
    const toolArguments = JSON.stringify(question.tool.arguments);
    const toolTokens = countTokens(toolArguments) + 8;
    call(
      {
        operation: 'function_call',
        prompt_tokens: promptTokens(),
        completion_tokens: toolTokens,
        finish_reason: 'tool_calls',
        function_calls: [{ name: question.tool.name, arguments: toolArguments }],
      },
      latency(toolTokens),
    );
    const id = `call_${randomBytes(12).toString('hex')}`;
    const asked = { name: question.tool.name, arguments: toolArguments };
    messages.push(
      { role: 'assistant', tool_calls: [{ id, type: 'function', function: asked }] },
      {
        role: 'tool',
        tool_call_id: id,
        content: failure === 'contextLength' ? everyScan() : question.result,
      },
    );
  }
  // As the logger's error path does it: no tokens known, no trace id.
  const unknown = { prompt_tokens: 0, completion_tokens: 0 };
  if (failure === 'rateLimit' || failure === 'connection') {
    call({ ...unknown, ...failures[failure] }, latency(20));
  }
  if (failure === 'contextLength') {
    call({ ...unknown, ...tooLong(promptTokens()) }, latency(20));
    return steps;
  }
  const answerTokens = countTokens(question.answer);
  const usage = { prompt_tokens: promptTokens(), completion_tokens: answerTokens };
  call({ ...usage, finish_reason: 'stop' }, latency(answerTokens) + (failure ? 1500 : 0));
  if (turn % 4 === 1) {
    const conversation = { messages: [...messages], response: question.answer, model, usage };
    steps.push({
      afterMs: 20,
      write: time => ({
        fileName: `debug_conversation_${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_')}.json`,
        text: JSON.stringify(conversation, undefined, 2),
      }),
    });
  }
  return steps;
}
