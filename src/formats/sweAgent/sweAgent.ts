import type { SpanPatch } from '../../model/span';
import { isMessageList, readConversation } from '../fields/conversation';
import { toError } from '../fields/errors';
import { toTime } from '../fields/time';
import { readUsageObject } from '../fields/usage';
import {
  at,
  type Fields,
  firstOf,
  isFields,
  parseJson,
  paths,
  toCount,
  toId,
  toLabel,
  toNumber,
} from '../fields/values';
import type { JsonFormat } from '../format';

const configuredModel = paths('config.model.model_name config.model.name');
const replayedModel = paths('agent.model.name model.name');

/**
 * Trajectories of SWE-agent (https://github.com/SWE-agent/SWE-agent/blob/main/sweagent/types.py) and mini-swe-agent
 * (`save_traj` of https://github.com/SWE-agent/mini-swe-agent).
 */
export const sweAgent: JsonFormat = {
  id: 'swe-agent',
  title: 'SWE-agent trajectory',
  docs: {
    schema: 'https://github.com/SWE-agent/SWE-agent/blob/main/sweagent/types.py',
    writtenBy: 'SWE-agent (`.traj`) and mini-swe-agent (`.traj.json`)',
    recognisedBy:
      '`history` of messages with `trajectory`, `info` or `message_type`; or `messages` with `info` and `trajectory_format`',
    notes:
      'A message of the assistant is a call, but not in a demonstration. SWE-agent counts tokens and cost only for the whole run, which is shown on the run and not summed.',
  },
  container: 'json',
  matches: record => isFields(record) && runsIn(record).length > 0,
  read: record => ({
    spans: isFields(record) ? runsIn(record).flatMap((run, index) => readRun(run, index)) : [],
  }),
};

/** A trajectory, or the attempts that it was chosen from. */
function runsIn(record: Fields): readonly Fields[] {
  const { attempts } = record;
  if (Array.isArray(attempts)) {
    return attempts.filter(isFields).filter(isRun);
  }
  return isRun(record) ? [record] : [];
}

function isRun(record: Fields): boolean {
  if (isMessageList(record['messages'])) {
    return isFields(record['info']) && ('trajectory_format' in record || isMini(record['info']));
  }
  const { history } = record;
  const first: unknown = Array.isArray(history) ? history[0] : undefined;
  return (
    isMessageList(history) &&
    (Array.isArray(record['trajectory']) || (isFields(first) && 'message_type' in first))
  );
}

function isMini(info: Fields): boolean {
  return 'mini_version' in info || (isFields(info['model_stats']) && 'exit_status' in info);
}

function readRun(run: Fields, index: number): SpanPatch[] {
  const info = isFields(run['info']) ? run['info'] : {};
  const list = run['messages'] ?? run['history'];
  const messages = Array.isArray(list) ? list.filter(isFields) : [];
  const said = messages.map(message =>
    // what it shows was no call of this run
    message['is_demo'] === true ? { ...message, role: 'user' } : message,
  );
  const stats = isFields(info['model_stats']) ? info['model_stats'] : {};
  const sent = toCount(stats['tokens_sent']);
  return readConversation(said, readFacts, {
    name: 'run',
    spanId: `run-${index + 1}`,
    model: firstOf(info, configuredModel, toLabel) ?? modelOfReplay(run['replay_config']),
    usage:
      sent === undefined
        ? undefined
        : { inputTokens: sent, outputTokens: toCount(stats['tokens_received']) },
    loggedCostUsd: toNumber(stats['instance_cost']),
    finishReason: toLabel(info['exit_status']),
    error: failureOf(info),
  });
}

/** mini-swe-agent keeps the provider's response with the message. */
function readFacts(message: Fields) {
  const extra = isFields(message['extra']) ? message['extra'] : {};
  const response = isFields(extra['response']) ? extra['response'] : {};
  const id = toId(response['id']);
  const time = toTime(extra['timestamp']);
  const model = toLabel(response['model']);
  return {
    identity: id === undefined ? undefined : `request:${id}`,
    requestId: id,
    usage: readUsageObject(response['usage']),
    loggedCostUsd: toNumber(extra['cost']),
    ...(model === undefined ? {} : { model }),
    ...(time === undefined ? {} : { startTime: time }),
  };
}

function failureOf(info: Fields) {
  const status = toLabel(info['exit_status']);
  const trace = toLabel(info['traceback']) ?? toLabel(at(info, ['exception_str']));
  return status !== undefined && /error|exception/i.test(status)
    ? toError(trace ?? status, status)
    : undefined;
}

function modelOfReplay(config: unknown): string | undefined {
  const parsed = typeof config === 'string' ? parseJson(config) : config;
  return isFields(parsed) ? firstOf(parsed, replayedModel, toLabel) : undefined;
}
