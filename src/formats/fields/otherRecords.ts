import { byKeys } from './shape';
import { type Fields, isFields } from './values';

// Records that have the names of a call and are none: what developers log beside their calls.

const sql =
  /^\s*(?:select|insert|update|delete|with|create|alter|drop|begin|commit|merge|explain)\b/i;
const verb = /^(?:get|post|put|patch|delete|head|options)$/i;
/** Ends of the addresses at which models answer. */
const llmEndpoint =
  /chat|completion|messages|generate|responses|embed|converse|invoke|infer|predict|llm|v1\/|ollama/i;
const training =
  'loss train_loss eval_loss val_loss training_loss learning_rate lr grad_norm epoch epochs perplexity'.split(
    ' ',
  );
/** What models for figures and pictures give, and how they are measured. */
const predictions =
  'prediction predictions predicted predicted_class predicted_label features accuracy f1 f1_score auc rmse mae bbox'.split(
    ' ',
  );
const ormAction = /^(?:find|create|update|delete|upsert|aggregate|count|groupBy)/;
const counts =
  `total_calls totalCalls num_calls numCalls n_calls call_count callCount calls api_calls llm_calls llmCalls
  total_llm_calls total_requests totalRequests num_requests request_count requestCount n_requests requests sample_count`.split(
    /\s+/,
  );
const average =
  /^(?:avg|mean|median|average|p\d\d)_?(?:latency|duration|tokens|cost|time|input|output)/i;
const testWords = new Set(['passed', 'skipped', 'xfailed', 'xpassed']);

/** Whether a record is of a kind that only looks like a call when it holds no text: training, totals, a test, SQL, HTTP, a figure. */
export function isOtherRecord(
  fields: Fields,
  has: { readonly text: boolean; readonly usage: boolean },
): boolean {
  if (isTotal(fields) || isTest(fields) || isStatement(fields) || isMetric(fields)) {
    return true;
  }
  if (has.text) {
    return isChat(fields);
  }
  return isTraining(fields) || (!has.usage && isWebRequest(fields));
}

/** Sums over many calls. */
function isTotal(fields: Fields): boolean {
  return hasAverage(fields) || countsIn(fields).some(name => typeof fields[name] === 'number');
}
const hasAverage = byKeys(keys => keys.some(key => average.test(key)));
const countsIn = byKeys(keys => counts.filter(name => keys.includes(name)));

function isTest(fields: Fields): boolean {
  const outcome = fields['outcome'] ?? fields['status'];
  return (
    'nodeid' in fields ||
    'test_name' in fields ||
    (typeof outcome === 'string' && testWords.has(outcome.toLowerCase()))
  );
}

function isStatement(fields: Fields): boolean {
  return (
    'sql' in fields ||
    (typeof fields['action'] === 'string' && ormAction.test(fields['action'])) ||
    'statement' in fields ||
    (typeof fields['query'] === 'string' && sql.test(fields['query'].slice(0, 200)))
  );
}

function isMetric(fields: Fields): boolean {
  return (
    'value' in fields &&
    ['metric', 'metric_name', 'metricName'].some(name => typeof fields[name] === 'string')
  );
}

function isTraining(fields: Fields): boolean {
  return (
    training.some(name => typeof fields[name] === 'number') ||
    predictions.some(name => name in fields)
  );
}

/** A line of an access log, unless it was a model's address that was asked. */
function isWebRequest(fields: Fields): boolean {
  const request = isFields(fields['request']) ? fields['request'] : fields;
  const method = fields['method'] ?? request['method'];
  if (typeof method !== 'string' || !verb.test(method)) {
    return false;
  }
  const address = ['path', 'url', 'uri', 'endpoint', 'route', 'request_path']
    .map(name => fields[name] ?? request[name])
    .find(value => typeof value === 'string');
  return typeof address !== 'string' || !llmEndpoint.test(address.slice(0, 500));
}

/** A chat as an app saves it for its list of chats. */
function isChat(fields: Fields): boolean {
  return (
    typeof fields['title'] === 'string' &&
    Array.isArray(fields['messages']) &&
    ['updated_at', 'updatedAt', 'update_time', 'lastUpdated', 'updated'].some(
      name => name in fields,
    )
  );
}
