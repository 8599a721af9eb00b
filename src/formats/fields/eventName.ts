import { type Fields, firstOf, paths, toLabel } from './values';

// What the name of an event says of the record: events are named by hand, but from few words.

const names = paths(
  'event event_type eventType event_name type kind record_type direction phase name msg message',
);
const aboutModel =
  /llm|model|gpt|claude|gemini|openai|anthropic|mistral|ollama|completion(?!s? time)|chat|generat|inference|prompt|embedd|response|reply|answer|token|(?:^|[^a-z])ai(?:$|[^a-z])/i;
const over =
  /(?:complete[ds]?|finish(?:ed)?|done|end(?:ed)?|processed|success(?:ful)?|succeeded|stopped|closed)$/i;
const totals =
  /(?:^|[^a-z])(?:summary|summaries|totals?|stats|statistics|report|aggregate[ds]?|rollup|heartbeat|snapshot)(?:$|[^a-z])/i;
const answers =
  /^(?:on[_.\s-])?(?:llm|model|ai|chat|completion|assistant|agent|gpt|openai|anthropic|claude|gemini)[_.\s:/-]{0,2}(?:call[_.\s-])?(?:response|output|reply|answer|result|end|ended|complete|completed|completion|finished|done)(?:[_.\s-]received)?$|^(?:llm|model|assistant)?[_.\s-]?(?:response|completion)$|^response[_.\s-]received$/i;

const requests =
  /^(?:on[_.\s-])?(?:llm|model|ai|chat(?:[_.\s-]model)?|completion|gpt|openai|anthropic|claude|gemini|api)[_.\s:/-]{0,2}(?:call[_.\s-])?(?:request|prompt|input|query|start|started|starting|begin|sent)$|^(?:request|prompt)(?:[_.\s-](?:sent|start|started))?$/i;

/** Characters of a message that may be a name. */
const maxLength = 120;

/** What a record calls itself; a logger's message, when it has one, says it. */
export function eventName(fields: Fields, message: string | undefined): string | undefined {
  const name = message ?? firstOf(fields, names, toLabel);
  return name === undefined || name.length > maxLength ? undefined : name;
}

/** Whether the name is that of something that made calls, not of a call: `pipeline_completed`, `daily_summary`. */
export function isNameOfWhole(name: string | undefined, hasModel: boolean): boolean {
  if (name === undefined) {
    return false;
  }
  const words = splitCamel(name);
  return totals.test(words) || (!hasModel && over.test(words) && !aboutModel.test(words));
}

const between =
  /(?:^|[^a-z])(?:retry|retries|retrying|fall_?back|backoff|circuit|budget|quota|throttl(?:e|ed|ing))(?:$|[^a-z])/i;

/** Whether the name is that of what a client does between calls: `llm_retry`, `fallback_triggered`, `budget_check`. */
export function isNameOfPause(name: string | undefined): boolean {
  return name !== undefined && between.test(splitCamel(name));
}

/** Whether the name is about models, whatever happened to them. */
export function isNameOfModel(name: string | undefined): boolean {
  return name !== undefined && aboutModel.test(splitCamel(name));
}

/** Whether the name says that a model answered: `llm_response`, `on_llm_end`, `chat.completion`. */
export function isNameOfAnswer(name: string | undefined): boolean {
  return name !== undefined && answers.test(splitCamel(name));
}

/** Whether the name says that a model was asked: `llm_request`, `on_chat_model_start`, `prompt`. */
export function isNameOfRequest(name: string | undefined): boolean {
  return name !== undefined && requests.test(splitCamel(name));
}

function splitCamel(name: string): string {
  return /[a-z][A-Z]/.test(name) ? name.replaceAll(/([a-z])([A-Z])/g, '$1_$2') : name;
}
