import { joinNeighbours } from '../fields/bodies';
import type { JsonFormat } from '../format';
import { isSessionLine } from './records';
import { SessionReader } from './sessionReader';

/**
 * Sessions of Claude Code, which has no published schema; read by what its versions 0.2 to 2.1 write and by what other
 * readers (ccusage, claude-code-log) know of it.
 */
export const claudeCode: JsonFormat = {
  id: 'claude-code',
  title: 'Claude Code session',
  docs: {
    schema: 'https://github.com/daaain/claude-code-log/blob/main/claude_code_log/models.py',
    writtenBy:
      'Claude Code: `~/.claude/projects/<folder>/<session>.jsonl`, sub-agents in `agent-<id>.jsonl`; also `claude -p --output-format stream-json`',
    recognisedBy:
      '`type`, `sessionId`, `uuid`, `parentUuid`; or `session_id`, `parent_tool_use_id`',
    notes:
      'Lines with one `message.id` are one call, its tokens counted once (output tokens are often those of the first moment). A trace is a prompt and all calls it caused. The start of a call is the time of the record that it answers. A message of the client in the place of the model is a failed call if it is an API error, else none.',
  },
  container: 'json',
  matches: isSessionLine,
  read: record => new SessionReader().read(record),
  open: () => new SessionReader(),
  joinPieces: joinNeighbours,
};
