import { allOf, type Beginning } from '../model/beginning';
import type { ToolCallPart, ToolResultPart } from '../model/message';
import { countSame } from './messageRun';
import { perConversation } from './perConversation';

/** Which calls of tools and which results in a conversation do not belong to each other. By id: without ids nothing can be said. */
export interface Unpaired {
  /** Calls without a result, though the conversation went on. */
  readonly unanswered: readonly ToolCallPart[];
  /** Results of calls that are not there. */
  readonly orphaned: readonly ToolResultPart[];
  /** Whether any call, and any result, carries an id. */
  readonly hasCalls: boolean;
  readonly hasResults: boolean;
}

/** Tools that the provider runs itself have their results elsewhere. */
const runByProvider = /^srvtoolu_|^ws_|^ci_|^fs_|^mcp_/;

/** Two rules ask for it, of each call and of the one before it. */
const known = new WeakMap<Beginning, Unpaired>();

export function findUnpaired(input: Beginning): Unpaired {
  const unpaired = known.get(input) ?? pairingOf(input).unpaired();
  known.set(input, unpaired);
  return unpaired;
}

const pairingOf = perConversation<Pairing>((input, before) => {
  const pairing = before?.isStartOf(input) === true ? before : new Pairing();
  pairing.goOn(input);
  return pairing;
});

class Pairing {
  #known: Beginning = allOf([]);
  readonly #calls = new Set<string>();
  readonly #results = new Set<string>();
  readonly #open = new Map<string, { readonly part: ToolCallPart; readonly at: number }>();
  readonly #orphans = new Map<string, ToolResultPart>();

  isStartOf(input: Beginning): boolean {
    return countSame(this.#known, input) === this.#known.count;
  }

  goOn(input: Beginning): void {
    for (let at = this.#known.count; at < input.count; at++) {
      for (const part of input.messages[at]?.parts ?? []) {
        if (part.type === 'toolCall' && part.id !== undefined && !runByProvider.test(part.id)) {
          this.#addCall(part.id, part, at);
        } else if (part.type === 'toolResult' && part.id !== undefined) {
          this.#addResult(part.id, part);
        }
      }
    }
    this.#known = input;
  }

  unpaired(): Unpaired {
    const last = this.#known.count - 1;
    return {
      unanswered: [...this.#open.values()].filter(({ at }) => at < last).map(({ part }) => part),
      orphaned: [...this.#orphans.values()],
      hasCalls: this.#calls.size > 0,
      hasResults: this.#results.size > 0,
    };
  }

  #addCall(id: string, part: ToolCallPart, at: number): void {
    this.#calls.add(id);
    this.#orphans.delete(id);
    if (!this.#results.has(id)) {
      this.#open.set(id, { part, at });
    }
  }

  #addResult(id: string, part: ToolResultPart): void {
    this.#results.add(id);
    this.#open.delete(id);
    if (!this.#calls.has(id) && !runByProvider.test(id)) {
      this.#orphans.set(id, part);
    }
  }
}
