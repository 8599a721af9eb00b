import { joinNeighbours } from '../fields/bodies';
import type { JsonFormat } from '../format';
import { isEnvelope, isLegacyHead, RolloutReader } from './rolloutReader';

/**
 * Rollouts of OpenAI's Codex CLI, old and new
 * (https://github.com/openai/codex/blob/main/codex-rs/protocol/src/protocol.rs, `RolloutLine`).
 */
export const codexRollout: JsonFormat = {
  id: 'codex-rollout',
  title: 'Codex CLI rollout',
  docs: {
    schema: 'https://github.com/openai/codex/blob/main/codex-rs/protocol/src/protocol.rs',
    writtenBy: 'Codex CLI: `~/.codex/sessions/YYYY/MM/DD/rollout-*.jsonl`',
    recognisedBy:
      '`timestamp`, `type` (`session_meta`, `turn_context`, `response_item`, `event_msg`, …) and `payload`; before September 2025 by the first line (`id`, `timestamp`, `instructions`)',
    notes:
      'A call is one response of the model: its items up to the next input or `token_count`. Tokens are `last_token_usage`, or what the total has grown by; a repeated count is counted once. Old rollouts have no times but that of the session. A trace is a turn.',
  },
  container: 'json',
  matches: record => isEnvelope(record) || isLegacyHead(record),
  read: record => new RolloutReader().read(record),
  open: () => new RolloutReader(),
  joinPieces: joinNeighbours,
};
