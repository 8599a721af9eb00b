import type { Signals } from '../signals';
import { readAmounts } from './amounts';
import { placeOf, readFirst, type Fact } from './fact';
import { readMoney } from './money';
import { readModel } from './model';
import { readParam } from './param';
import { readHost } from './host';
import { readDuration, readNumeral } from './numbers';

type Reader = (text: string, signals: Signals) => readonly Fact[];

const durationPattern = String.raw`(\d{1,9}(?:\.\d{1,12})? ?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\b|(?:\d{1,9}(?:\.\d{1,12})?[dhms]){2,4}\b)`;
const retryPattern = new RegExp(
  String.raw`\b(?:try again|retry|retry again|retrying|wait|available again|resets?|retry[-_]?delay|retry[-_]?after)["']?(?: (?:in|after|for|at least|about|your request|this request|the request))*[:=]? ?["']?~?${durationPattern}`,
  'i',
);
const retrySeconds =
  /\b(?:retry[-_ ]?after(?:[-_]s(?:econds)?)?|estimated_time|retry_after_seconds)["']?[:=]? ?["']?(\d{1,9}(?:\.\d{1,12})?)\b/i;
const retryMilliseconds = /\bretry[-_]after[-_]ms["']?[:=]? ?["']?(\d{1,12})\b/i;

function readRetryAfter(text: string): readonly Fact[] {
  const name = 'retry_after_s';
  const readings = [
    () => readFirst(name, [retryMilliseconds], text, found => Number(found) / 1000),
    () => readFirst(name, [retryPattern], text, readDuration),
    () => readFirst(name, [retrySeconds], text, Number),
  ];
  for (const read of readings) {
    const facts = read();
    if (facts.length > 0) {
      return facts;
    }
  }
  return [];
}

const resetPattern =
  /\b(?:regain access (?:on|at)|resets? (?:at|on)|reset time:?|available again (?:at|on)|until|try again at) ([^"'{}]{3,40}?)(?=[.,;"'})|]|$)/i;

const envVarPattern =
  /\b([A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){0,6}_(?:API_KEY|KEY|TOKEN|SECRET|CREDENTIALS|REGION|VERSION|ENDPOINT|URL|BASE|HOST|PROJECT|PROJECT_ID|LOCATION|RESOURCE|RESOURCE_NAME|PROFILE|ID))\b/;

const toolPatterns: readonly RegExp[] = [
  /\b(?:function|tool)(?: named| name| call| with name|_name)?:? ?['"`]([\w.:/-]{1,120})['"`]/i,
  /\b(?:unavailable|unknown|invalid|missing) (?:tool|function)(?: call| name)?:? ?['"`]?([\w.:/-]{1,120})/i,
  /\btool:? ([\w.-]{1,120}) (?:not found|does not exist|is not|exceeded)/i,
  /\binput for tool ([\w.-]{1,120})/i,
];
const toolCallPattern =
  /\b(?:tool[ _]?call(?:[ _]id)?|function call|tool_use_id|call_id|ids?)s?\b[^a-z0-9]{0,4}(?:found )?(?:with id )?['"`]?((?:call|toolu|tooluse|fc|chatcmpl-tool)[_-][\w-]{1,80})/i;
const anyToolCallId = /\b((?:call|toolu|tooluse)_[A-Za-z0-9]{6,80})\b/;

const messageIndexPattern =
  /\b(?:messages?|contents?|input)(?:\[|\.)(\d{1,6})\b|\b(?:message|content)s? (?:at )?(?:index|position|number|#)? ?(\d{1,6})\b/i;

const megabytesPattern = /\b(\d{1,6}(?:\.\d{1,3})?) ?(?:MB|MiB)\b/i;
// a number of something else is no time: "after 3 attempts"
const timeoutPattern =
  /\b(?:timeout value=|timeout of |after )(\d{1,9}(?:\.\d{1,9})?)(?: ?(?:(ms|milliseconds?)|(s|sec(?:ond)?s?)|(min(?:ute)?s?))\b|(?![\d.]*\d| ?[a-z]))/i;
const codeWord = /^[a-z]+(?:_[a-z]+)+$/;

function readTimeout(text: string): readonly Fact[] {
  const match = timeoutPattern.exec(text);
  if (match?.[1] === undefined) {
    return [];
  }
  const [, , milliseconds, , minutes] = match;
  const factor = milliseconds === undefined ? (minutes === undefined ? 1 : 60) : 0.001;
  return [{ name: 'timeout_s', value: Number(match[1]) * factor, place: placeOf(match) }];
}

function readCode(signals: Signals): readonly Fact[] {
  const field = signals.fields.find(
    ({ key, value }) => (key === 'code' || key === 'type') && codeWord.test(value),
  );
  return field === undefined
    ? readFirst('code', [/\b(insufficient_quota)\b/], signals.masked)
    : [{ name: 'code', value: field.value, place: field }];
}

function readMessageIndex(text: string): readonly Fact[] {
  const match = messageIndexPattern.exec(text);
  const index = match?.[1] ?? match?.[2];
  return match === null || index === undefined
    ? []
    : [{ name: 'message_index', value: Number(index), place: placeOf(match) }];
}

const readers = {
  amounts: (text, { grams }) => readAmounts(text, grams),
  retryAfter: readRetryAfter,
  reset: text => readFirst('resets_at', [resetPattern], text, found => found.trim()),
  model: readModel,
  param: readParam,
  host: readHost,
  envVar: text => readFirst('env_var', [envVarPattern], text),
  money: readMoney,
  tool: text => readFirst('tool', toolPatterns, text),
  toolCallId: text => readFirst('tool_call_id', [toolCallPattern, anyToolCallId], text),
  messageIndex: readMessageIndex,
  megabytes: text => readFirst('limit_mb', [megabytesPattern], text, readNumeral),
  timeout: readTimeout,
  code: (_text, signals) => readCode(signals),
} satisfies Record<string, Reader>;

export type FactName = keyof typeof readers;

/** Reads the named facts out of a message; one that is not there is absent. */
export function readFacts(names: readonly FactName[], signals: Signals): readonly Fact[] {
  return names.flatMap(name => {
    const reader: Reader = readers[name];
    return reader(signals.flat.text, signals);
  });
}
