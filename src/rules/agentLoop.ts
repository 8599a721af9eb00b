import { endsStep, type Steps } from '../analysis/steps';
import { allOf, type Beginning, endOf, findIn, inputOf } from '../model/beginning';
import type { SpanContent, ToolCallPart } from '../model/message';
import { isCall, type Span } from '../model/span';
import { messageParts } from './messageParts';
import { perTrace, perTraceInSteps } from './perTrace';
import type { ContentContext, ContentRule, RuleFinding } from './rule';
import { sameMessage } from './sameMessage';
import { shorten } from './say';
import { argumentsOf, callsOfTools, signatureOf, type ToolUse } from './toolUses';

const repeats = 3;
const blindRepeats = 5; // where the results are not logged: a poll that waits for something looks the same
const maxBetween = 3; // other tool calls between two of the same

/** The agent does the same thing again and again and learns nothing from it. */
export const agentLoop: ContentRule = {
  id: 'agent-loop',
  title: 'Agent repeats itself',
  severity: 'warning',
  docs: `The same tool is called with the same arguments ${repeats} times with the same result (${blindRepeats} times where results are not logged), or the same prompt is sent ${repeats} times in a row and answered the same. Said at that call.`,
  looksAt: 'content',
  prepare: traceSpans => callsByKey.inSteps(traceSpans),
  check(span, context) {
    const calls = messageParts(context.content.outputMessages).filter(
      part => part.type === 'toolCall',
    );
    if (calls.length === 0) {
      return repeatsPrompt(span, context) ? samePrompt(span) : undefined;
    }
    const uses = usesBefore(span, context);
    for (const call of new Map(calls.map(one => [signatureOf(one), one])).values()) {
      const earlier = trailing(uses, signatureOf(call));
      if (earlier.length < repeats - 1 || earlier.length >= blindRepeats) {
        continue;
      }
      const results = earlier.map(({ result }) => result());
      const areKnown = results.every(result => result !== undefined);
      const isSame = results.every(result => result === results[0]);
      const needed = (areKnown ? repeats : blindRepeats) - 1;
      if (earlier.length === needed && isSame) {
        return sameTool(call, needed + 1, areKnown);
      }
    }
    return undefined;
  },
};

function sameTool(call: ToolCallPart, times: number, areKnown: boolean): RuleFinding {
  const tool = call.name;
  const args = shorten(argumentsOf(call), 160);
  return {
    message: `The model calls "${shorten(tool, 60)}" the ${ordinal(times)} time with the same arguments${areKnown ? ', and it gave the same result each time' : ''}: ${args}`,
    fixes: [
      'Read the result that the model got: if it is empty or an unclear error, let the tool say what is wrong and what to do instead.',
      'Stop in the app when a call repeats: return "you did this already, the result was the same" or end the run.',
      'Limit the steps of a run.',
    ],
    links: [],
    facts: { tool, times },
  };
}

function samePrompt(span: Span): RuleFinding {
  return {
    message: `The same prompt was sent ${repeats} times in a row and answered the same each time.`,
    fixes: [
      'Look at what starts the call: a loop, a timer or a retry that does not see the success.',
      'If it is meant, keep the answer and use it again.',
    ],
    links: [],
    facts: { operation: span.name, times: repeats },
  };
}

function ordinal(times: number): string {
  return times === 3 ? 'third' : `${times}th`;
}

/** The last uses with this signature that have only a few other uses between them, the latest first. */
function trailing(uses: readonly ToolUse[], signature: string): readonly ToolUse[] {
  const found: ToolUse[] = [];
  let between = 0;
  for (const use of uses.toReversed()) {
    if (use.signature === signature) {
      found.push(use);
      between = 0;
    } else if (++between > maxBetween) {
      break;
    }
  }
  return found;
}

/** Tool calls before this one: of the conversation that the call sent again, else of the calls before it in the trace. */
function usesBefore(span: Span, context: ContentContext): readonly ToolUse[] {
  const input = inputOf(context.content);
  const isHistory = findIn(input, ({ role }) => role === 'assistant') >= 0;
  return isHistory ? callsOfTools(endOf(input, maxMessagesBack)) : usesInTrace(span, context);
}

const maxLookBack = (blindRepeats - 1) * (maxBetween + 1);
const maxMessagesBack = 200; // of a history: the uses that matter are the last twenty
const maxPassed = 500; // spans, those of other agents too
const maxTools = 50; // that one call started
const otherTool: ToolUse = { signature: '', result: () => undefined };

function usesInTrace(span: Span, context: ContentContext): readonly ToolUse[] {
  const { traceSpans } = context;
  const names = new Set(span.toolCallNames);
  const at = placesOf(traceSpans).get(span.key) ?? 0;
  const itself = traceSpans[at];
  if (itself) {
    signaturesBySpan.set(itself, signaturesIn(context.content));
  }
  const uses: ToolUse[][] = [];
  let different = 0;
  for (
    let back = at - 1;
    back >= Math.max(0, at - maxPassed) && uses.length < maxLookBack && different <= maxBetween;
    back--
  ) {
    const other = traceSpans[back];
    if (other === undefined || !isCall(other) || other.parentSpanId !== span.parentSpanId) {
      continue;
    }
    // reading costs: a call that asked for other tools is only counted
    if (other.toolCallNames.some(name => names.has(name))) {
      different = 0;
      uses.push(usesOf(other, back, context));
    } else {
      different++;
      uses.push([otherTool]);
    }
  }
  return uses.toReversed().flat();
}

const placesOf = perTrace(spans => new Map(spans.map((span, at) => [span.key, at])));

/** What a call asked its tools for: each call is looked at again for those after it. */
const signaturesBySpan = new WeakMap<Span, readonly string[]>();

function signaturesIn(content: SpanContent | undefined): readonly string[] {
  return messageParts(content?.outputMessages ?? [])
    .filter(part => part.type === 'toolCall')
    .map(signatureOf);
}

function usesOf(call: Span, at: number, { traceSpans, contentOf }: ContentContext): ToolUse[] {
  const signatures = signaturesBySpan.get(call) ?? signaturesIn(contentOf(call));
  signaturesBySpan.set(call, signatures);
  return signatures.map((signature, index) => ({
    signature,
    result: () => {
      const answer = contentOf(call)?.outputMessages ?? [];
      const results = toolsAfter(traceSpans, at).flatMap(
        tool => contentOf(tool)?.outputMessages ?? [],
      );
      return callsOfTools([...answer, ...results])[index]?.result();
    },
  }));
}

/** The tools that ran after a call and before the next one. */
function toolsAfter(spans: readonly Span[], at: number): readonly Span[] {
  const tools: Span[] = [];
  for (let next = at + 1; next < spans.length && tools.length < maxTools; next++) {
    const span = spans[next];
    if (span === undefined || isCall(span)) {
      break;
    }
    if (span.kind === 'tool') {
      tools.push(span);
    }
  }
  return tools;
}

/** Whether the two calls before were sent the same and answered the same, one after the other. */
function repeatsPrompt(span: Span, { content, traceSpans, contentOf }: ContentContext): boolean {
  const order = callsByKey.of(traceSpans);
  const at = order.places.get(span.key) ?? 0;
  const [third, second, first] = [at - 3, at - 2, at - 1].map(place => order.calls[place]);
  if (first === undefined || second === undefined || inputOf(content).count === 0) {
    return false;
  }
  const isTwin = (other: Span) => isAlike(span, other) && isEqual(content, contentOf(other));
  return isTwin(first) && isTwin(second) && !(third !== undefined && isTwin(third));
}

interface OrderedCalls {
  readonly calls: readonly Span[];
  /** By key, where in these. */
  readonly places: ReadonlyMap<string, number>;
}

const callsByKey = perTraceInSteps(function* (spans): Steps<OrderedCalls> {
  const calls = spans.filter(isCall);
  const places = new Map<string, number>();
  for (const [at, call] of calls.entries()) {
    places.set(call.key, at);
    if (endsStep(at)) {
      yield;
    }
  }
  return { calls, places };
});

/** What can be compared without reading; calls that overlap are samples taken at once, which is no loop. */
function isAlike(span: Span, earlier: Span): boolean {
  const end = (earlier.startTime ?? 0) + (earlier.durationMs ?? 0);
  return (
    span.kind === 'call' &&
    earlier.status === 'ok' &&
    span.status === 'ok' &&
    span.name === earlier.name &&
    span.model === earlier.model &&
    span.usage.inputTokens === earlier.usage.inputTokens &&
    span.usage.outputTokens === earlier.usage.outputTokens &&
    span.startTime !== undefined &&
    span.startTime >= end
  );
}

function isEqual(one: SpanContent, other: SpanContent | undefined): boolean {
  return (
    other !== undefined &&
    one.outputMessages.length > 0 &&
    areEqual(allOf(one.outputMessages), allOf(other.outputMessages)) &&
    areEqual(inputOf(one), inputOf(other))
  );
}

function areEqual(some: Beginning, others: Beginning): boolean {
  return (
    some.count === others.count &&
    (some.messages === others.messages ||
      findIn(some, (message, at) => !sameMessage(message, others.messages[at])) < 0)
  );
}
