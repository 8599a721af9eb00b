import { isFields } from './fields/values';
import type { JsonFormat } from './format';
import { isAnyAgentTrace, spansOfAnyAgent } from './otel/anyAgent';
import { readSpan } from './otel/readSpan';

/** A saved `AgentTrace` of any-agent. */
export const anyAgent: JsonFormat = {
  id: 'any-agent',
  title: 'any-agent trace',
  docs: {
    schema:
      'https://github.com/mozilla-ai/any-agent/blob/main/src/any_agent/tracing/agent_trace.py',
    writtenBy: 'mozilla-ai any-agent, `AgentTrace` dumped as JSON',
    recognisedBy: '`spans` with `context` and `attributes`, beside `final_output`',
    notes: 'Ids are whole numbers of up to 39 digits; they become hex, as everywhere else.',
  },
  container: 'json',
  matches: isAnyAgentTrace,
  read: record => ({ spans: isFields(record) ? spansOfAnyAgent(record).map(readSpan) : [] }),
};
