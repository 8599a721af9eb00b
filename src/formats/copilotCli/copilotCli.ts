import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { EventReader } from './eventReader';

const eventType =
  /^(?:session|assistant|tool|user|system|hook|subagent|permission|skill|command|mcp|custom_agent|elicitation|exit_plan_mode|external_tool|user_input|pending_messages)\.[a-z_.]+$|^abort$/;

/** Sessions of the GitHub Copilot CLI and SDK (types: `session-events` of https://github.com/github/copilot-sdk). */
export const copilotCli: JsonFormat = {
  id: 'copilot-cli',
  title: 'Copilot CLI session',
  docs: {
    schema: 'https://github.com/github/copilot-sdk',
    writtenBy: 'GitHub Copilot CLI: `~/.copilot/session-state/<session>/events.jsonl`',
    recognisedBy:
      '`type` (`session.start`, `assistant.message`, `tool.execution_start`, …), `data`, `id`, `parentId`',
    notes:
      'An `assistant.message` is a call. Most versions tell only its output tokens; the totals of the session are a span of their own and not counted.',
  },
  container: 'json',
  matches: record =>
    isFields(record) &&
    isFields(record['data']) &&
    'parentId' in record &&
    typeof record['type'] === 'string' &&
    record['type'].length < 100 &&
    eventType.test(record['type']),
  read: record => new EventReader().read(record),
  open: () => new EventReader(),
};
