import { joinNeighbours } from '../fields/bodies';
import { isFields } from '../fields/values';
import type { JsonFormat } from '../format';
import { WireReader } from './wireReader';

/** What Kimi Code writes since version 1.4 of its protocol. */
const recordType =
  /^(?:turn|context|llm|tools|config|permission|plan_mode|full_compaction|goal|swarm_mode|background|usage|skill|task|mcp|hook|notification)\.[a-z_.]+$/;
const messageType = /^[A-Z][A-Za-z]{2,40}$/;

/**
 * Wire files of Kimi CLI (https://github.com/MoonshotAI/kimi-cli/blob/main/src/kimi_cli/wire/file.py): messages in an
 * envelope, and since protocol 1.4 records with a dotted type.
 */
export const kimiCli: JsonFormat = {
  id: 'kimi-cli',
  title: 'Kimi CLI wire file',
  docs: {
    schema: 'https://github.com/MoonshotAI/kimi-cli/blob/main/src/kimi_cli/wire/file.py',
    writtenBy: 'Kimi CLI and Kimi Code: `~/.kimi/sessions/…/wire.jsonl`',
    recognisedBy:
      '`type: metadata` with `protocol_version`; `type` (`turn.prompt`, `context.append_loop_event`, `usage.record`, …) and `time`; or `timestamp` and `message` with `type` and `payload`',
    notes: 'A step is a call, also when nobody answered it; so is a compaction. A trace is a turn.',
  },
  container: 'json',
  matches: isWireRecord,
  read: record => new WireReader().read(record),
  open: () => new WireReader(),
  joinPieces: joinNeighbours,
};

function isWireRecord(record: unknown): boolean {
  if (!isFields(record)) {
    return false;
  }
  const { type, message } = record;
  if (typeof type === 'string') {
    return type === 'metadata'
      ? typeof record['protocol_version'] === 'string'
      : typeof record['time'] === 'number' && type.length < 100 && recordType.test(type);
  }
  return (
    typeof record['timestamp'] === 'number' &&
    isFields(message) &&
    isFields(message['payload']) &&
    typeof message['type'] === 'string' &&
    messageType.test(message['type'])
  );
}
