import { modelIn } from './callSentence';
import { toScalar } from './keyValues';
import { type Fields, ownKeys } from './values';

/** What people write before a value in a text log, by the name that the readers know it by. All lower case. */
const labelTable: Readonly<Record<string, string>> = {
  model: 'model|llm|model name|llm model|модель|模型|モデル|modelo|modell|modèle|모델',
  provider: 'provider|провайдер|提供商|プロバイダー|proveedor|anbieter|fournisseur',
  prompt:
    'prompt|user prompt|user|question|request|input|messages|промпт|запрос|вопрос|пользователь|提示|提示词|提问|问题|请求|输入|用户|プロンプト|質問|入力|リクエスト|ユーザー|pregunta|frage|프롬프트|질문',
  system_prompt:
    'system|system prompt|системный промпт|система|系统提示|系统提示词|システムプロンプト|システム',
  response:
    'response|answer|reply|output|completion|assistant|result|ответ|ответ модели|ответ llm|результат|ассистент|回复|回答|响应|答案|输出|助手|応答|レスポンス|返答|出力|respuesta|antwort|réponse|응답|답변',
  prompt_tokens:
    'prompt tokens|input tokens|tokens in|tokens prompt|in tokens|входные токены|токены запроса|токенов на входе|输入令牌|输入token|输入 token|输入tokens|输入 tokens|提示token|提示 token|入力トークン|入力トークン数',
  completion_tokens:
    'completion tokens|output tokens|response tokens|tokens out|out tokens|выходные токены|токены ответа|токенов на выходе|输出令牌|输出token|输出 token|输出tokens|输出 tokens|出力トークン|出力トークン数',
  total_tokens:
    'tokens|total tokens|tokens used|token usage|токены|токенов|всего токенов|использовано токенов|令牌|总令牌|token数|总token|总 token|トークン|トークン数|合計トークン',
  latency:
    'latency|duration|elapsed|time|took|response time|elapsed time|время|время ответа|время выполнения|длительность|задержка|耗时|延迟|用时|响应时间|所要時間|レイテンシ|処理時間|応答時間|duración|dauer|durée',
  cost: 'cost|total cost|price|стоимость|цена|费用|成本|コスト|費用|coste|kosten|coût',
  error: 'error|exception|failure|ошибка|исключение|错误|異常|エラー|fehler|erreur',
  finish_reason: 'finish reason|stop reason|причина завершения|结束原因|停止原因|終了理由',
  temperature: 'temperature|температура|温度',
  request_id: 'request id|call id|id запроса|请求id|请求 id|リクエストid',
  session_id: 'session|session id|conversation id|сессия|会话|会话id|セッション',
  trace_id: 'trace id|trace',
};
const labels: ReadonlyMap<string, string> = new Map(
  Object.entries(labelTable).flatMap(([name, words]) =>
    words.split('|').map((word): [string, string] => [word, name]),
  ),
);
/** Values that are text, and so may go on in the next lines. */
const texts: ReadonlySet<string> = new Set(['prompt', 'response', 'system_prompt', 'error']);
const label =
  /^[\s>*#•─│┃|=\p{Extended_Pictographic}\uFE0F-]{0,20}([\p{L}][\p{L}\p{N} _/-]{0,39}?)[\s*]{0,3}[:：]\s*(.*)$/su;
const units: ReadonlyMap<string, string> = new Map([
  ['сек', 's'],
  ['секунд', 's'],
  ['секунды', 's'],
  ['с', 's'],
  ['мс', 'ms'],
  ['мин', 'min'],
  ['秒', 's'],
  ['毫秒', 'ms'],
  ['ミリ秒', 'ms'],
  ['分', 'min'],
  ['초', 's'],
]);

/** Characters of a record that may be one half of a call. */
const maxHalf = 200_000;
/** Labels that nobody writes but of a model: `Request:` and `Time:` alone are any server's. */
const telling = /llm|gpt|claude|prompt|промпт|提示|プロンプト|프롬프트/i;
const who =
  '(?:the )?(?:llm|ai|ии|нейросет[ьи]|модел[ьи]|gpt|chatgpt|claude|gemini|openai|anthropic|deepseek|ollama|openrouter|model|assistant|大?模型|モデル)';
const question = '(?:request|prompt|input|query|запрос|промпт|请求|提示词?|リクエスト|プロンプト)';
const reply = '(response|answer|reply|output|completion|ответ|回复|响应|回答|応答|レスポンス)';
/** `LLM response: …`, `Ответ от модели gpt-4o: …`, `=== Request to OpenAI ===` and the text below. */
const said = new RegExp(
  `^[^\\p{L}\\n]{0,20}(?:raw |full |got |received |sending |final )?(?:${who}[ _-]?(?:${reply}|${question})|(?:${reply}|${question}) (?:from|by|of|to|for|от|к|для)? ?${who})[\\w./-]{0,60}(?: (?:from|by|to|от|к) [\\w./:-]{1,60}| [\\w./:-]*\\d[\\w./:-]{0,40}| \\([^)\\n]{0,60}\\))?[^\\p{L}\\p{N}\\n:：]{0,30}(?:[:：]|\\n)\\s*(\\S.*)$`,
  'isu',
);
/** What stands there instead of an answer: how long it was. */
const figure =
  /^[\d.,]+\s?(?:chars?|characters|tokens?|words|ms|s|secs?|seconds|bytes)?\b[^\p{L}]{0,5}$/iu;

/**
 * `Модель: x` in lines of their own, or parts between bars. undefined when there are fewer than two labels that we know, or none
 * of them says that it is about a model. Of `LLM response: …` alone the text is the answer.
 */
export function labelledFields(text: string): Fields | undefined {
  return labelsIn(text) ?? halfIn(text);
}

/** `LLM response: …` of one record that is the request or the answer; undefined for any other. */
export function halfIn(text: string): Fields | undefined {
  const [, oneReply, otherReply, words] = said.exec(text.slice(0, maxHalf)) ?? [];
  const isAnswer = (oneReply ?? otherReply) !== undefined;
  if (words === undefined || figure.test(words.slice(0, 60))) {
    return undefined;
  }
  const model = modelIn(text.split('\n', 1)[0]?.slice(0, 200) ?? '');
  const half = isAnswer
    ? { type: 'llm_response', response: words.trim() }
    : { type: 'llm_request', prompt: words.trim() };
  return model === undefined ? half : { ...half, model };
}

function labelsIn(text: string): Fields | undefined {
  const found = new Map<string, string[]>();
  let isTelling = false;
  let open: string[] | undefined;
  for (const line of text.split('\n')) {
    const parts = / \| /.test(line) ? line.split(' | ') : [line];
    for (const part of parts) {
      const match = label.exec(part.slice(0, 200)) ? label.exec(part) : null;
      const name = labels.get((match?.[1] ?? '').toLowerCase().replaceAll(/[_-]/g, ' ').trim());
      if (match && name !== undefined && !found.has(name)) {
        const lines = [match[2] ?? ''];
        isTelling ||= telling.test(match[1] ?? '');
        found.set(name, lines);
        open = texts.has(name) ? lines : undefined;
      } else if (parts.length === 1) {
        open?.push(line);
      }
    }
  }
  isTelling ||= [...found.keys()].some(name => name === 'model' || name.endsWith('tokens'));
  return found.size < 2 || !isTelling
    ? undefined
    : ownKeys([...found].map(([name, lines]) => [name, valueOf(name, lines.join('\n').trim())]));
}

function valueOf(name: string, text: string): unknown {
  if (texts.has(name)) {
    return text === '' ? null : text;
  }
  if (name === 'latency') {
    const [, number, unit] = /^~?(\d{1,12}(?:[.,]\d{1,6})?)\s?(\p{L}{0,12})/u.exec(text) ?? [];
    const known = units.get((unit ?? '').toLowerCase()) ?? unit ?? '';
    return number === undefined
      ? text
      : `${number.replace(',', '.')}${known === '' ? '' : ` ${known}`}`;
  }
  if (name.endsWith('tokens')) {
    const [, digits] = /^~?(\d{1,3}(?:[ ,]\d{3}){1,4}|\d{1,12})(?![\d.])/.exec(text) ?? [];
    return digits === undefined ? text : Number(digits.replaceAll(/[ ,]/g, ''));
  }
  return toScalar(text);
}
