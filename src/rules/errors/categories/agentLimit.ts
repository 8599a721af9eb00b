import type { ErrorCategory } from '../category';
import { langgraphRecursion } from '../links';
import { amount, count, sentences } from '../say';

export const agentLimit: ErrorCategory = {
  id: 'agent_limit',
  group: 'agent',
  title: 'Agent ran out of turns',
  definition: 'A cap on turns, iterations, steps or recursion of an agent was reached.',
  retryable: false,
  facts: ['amounts'],
  decisive: {
    codes: [
      'GraphRecursionError',
      'MaxTurnsExceeded',
      'GRAPH_RECURSION_LIMIT',
      'error_max_turns',
      'UsageLimitExceeded',
      'MaxStepsExceeded',
      'MaxIterationsExceeded',
      'max_turns_reached',
      'AgentMaxStepsError',
    ],
    words: [
      /\brecursion limit\b/i,
      /\bmax(?:imum)?[ _](?:number of |allowed )?(?:agent |tool |agentic )?(?:turns|iterations|steps|rounds|loops|tool calls|tool call rounds|roundtrips|cycles|actions|llm calls)\b.{0,40}\b(?:exceed|reach|hit|limit|\(\d)/i,
      /\b(?:exceed|reach|hit)\w*\b.{0,40}\b(?:max(?:imum)?|limit)\b.{0,24}\b(?:turns|iterations|steps|rounds|tool calls|iteration|actions|cycles)\b/i,
      /\bagent stopped due to\b|\b(?:turn|iteration|step) limit\b|\btoo many (?:turns|iterations|steps|tool calls)\b/i,
      /\bstop condition\b|\b(?:request|tool_calls|(?:total|input|output)_tokens)_limit\b/i,
      /\bagent\b.{0,40}\b(?:stuck in a loop|infinite loop)|\bloop detected\b/i,
    ],
  },
  strong: {
    words: [
      {
        words: /\bexceeded the (?:maximum|limit) of \d{1,6} (?:tool )?calls\b/i,
        unless: /\bper (?:second|minute|hour|day)\b/i,
      },
    ],
  },
  hint: {
    words: [
      {
        words: /\b(?:turns|iterations|steps|loops|recursion|tool rounds)\b/i,
        along: /\b(?:max|maximum|limit|exceed\w*|reached|too many)\b/i,
      },
    ],
  },
  explain: facts => {
    const limit = amount(facts, 'limit');
    return sentences(
      `The agent was stopped after ${limit === undefined ? 'as many turns as it may take' : `${count(limit)} turns`}.`,
      'Mostly it goes round in a loop; sometimes the task is long.',
    );
  },
  fixes: () => [
    'Look at the trace for the same tool call again and again, and remove its cause: an error the model cannot see, a tool that says nothing.',
    'Add a stop condition.',
    'Only then raise the cap (recursion_limit, max_turns, maxSteps).',
  ],
  links: [langgraphRecursion],
};
