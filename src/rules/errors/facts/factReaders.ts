import type { Signals } from '../signals';
import { readAmounts } from './amounts';
import { readMoney } from './money';
import { readModel } from './model';
import { readParam } from './param';
import { readHost } from './host';
import { readDuration, readNumeral } from './numbers';

type Reading = Readonly<Record<string, string | number | undefined>>;
type Reader = (text: string, signals: Signals) => Reading;

const durationPattern = String.raw`(\d{1,9}(?:\.\d{1,12})? ?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\b|(?:\d{1,9}(?:\.\d{1,12})?[dhms]){2,4}\b)`;
const retryPattern = new RegExp(
  String.raw`\b(?:try again|retry|retry again|retrying|wait|available again|resets?|retry[-_]?delay|retry[-_]?after)["']?(?: (?:in|after|for|at least|about|your request|this request|the request))*[:=]? ?["']?~?${durationPattern}`,
  'i',
);
const retrySeconds =
  /\b(?:retry[-_ ]?after(?:[-_]s(?:econds)?)?|estimated_time|retry_after_seconds)["']?[:=]? ?["']?(\d{1,9}(?:\.\d{1,12})?)\b/i;
const retryMilliseconds = /\bretry[-_]after[-_]ms["']?[:=]? ?["']?(\d{1,12})\b/i;

function readRetryAfter(text: string): number | undefined {
  const milliseconds = retryMilliseconds.exec(text)?.[1];
  if (milliseconds !== undefined) {
    return Number(milliseconds) / 1000;
  }
  const duration = retryPattern.exec(text)?.[1];
  if (duration !== undefined) {
    return readDuration(duration);
  }
  const seconds = retrySeconds.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
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

function readTool(text: string): Reading {
  for (const pattern of toolPatterns) {
    const tool = pattern.exec(text)?.[1];
    if (tool !== undefined) {
      return { tool };
    }
  }
  return {};
}

const readers = {
  amounts: text => readAmounts(text),
  retryAfter: text => ({ retry_after_s: readRetryAfter(text) }),
  reset: text => ({ resets_at: resetPattern.exec(text)?.[1]?.trim() }),
  model: (text, signals) => ({ model: readModel(text, signals) }),
  param: (text, signals) => ({ param: readParam(text, signals) }),
  host: text => readHost(text),
  envVar: text => ({ env_var: envVarPattern.exec(text)?.[1] }),
  money: text => readMoney(text),
  tool: text => readTool(text),
  toolCallId: text => ({
    tool_call_id: toolCallPattern.exec(text)?.[1] ?? anyToolCallId.exec(text)?.[1],
  }),
  messageIndex: text => {
    const match = messageIndexPattern.exec(text);
    const index = match?.[1] ?? match?.[2];
    return { message_index: index === undefined ? undefined : Number(index) };
  },
  megabytes: text => {
    const size = /\b(\d{1,6}(?:\.\d{1,3})?) ?(?:MB|MiB)\b/i.exec(text)?.[1];
    return { limit_mb: size === undefined ? undefined : readNumeral(size) };
  },
  timeout: text => {
    const seconds =
      /\b(?:timeout value=|timeout of |after )(\d{1,9}(?:\.\d{1,9})?)(?: ?(ms|s)\b)?/i;
    const match = seconds.exec(text);
    if (match?.[1] === undefined) {
      return {};
    }
    return { timeout_s: Number(match[1]) * (match[2]?.toLowerCase() === 'ms' ? 0.001 : 1) };
  },
  code: (_text, signals) => {
    const field = signals.fields.find(
      ({ key, value }) => (key === 'code' || key === 'type') && /^[a-z]+(?:_[a-z]+)+$/.test(value),
    );
    return { code: field?.value ?? /\b(insufficient_quota)\b/.exec(signals.masked)?.[1] };
  },
} satisfies Record<string, Reader>;

export type FactName = keyof typeof readers;

/** Reads the named facts out of a message; one that is not there is absent. */
export function readFacts(
  names: readonly FactName[],
  signals: Signals,
): Record<string, string | number> {
  const facts: Record<string, string | number> = {};
  for (const name of names) {
    const reader: Reader = readers[name];
    for (const [key, value] of Object.entries(reader(signals.flat.text, signals))) {
      if (value !== undefined && value !== '') {
        facts[key] = value;
      }
    }
  }
  return facts;
}
