import assert from 'node:assert/strict';
import type { Message } from '../../../src/model/message';
import { secretsInLog } from '../../../src/rules/secretsInLog';
import { Memory, patch } from '../engine/builders';

describe('secrets', () => {
  it('are looked for once in a message that many calls were sent', () => {
    const memory = new Memory();
    memory.give('/a.jsonl', [patch({ identity: 'request:1' })]);
    const [span] = memory.spans();
    assert.ok(span);
    let looks = 0;
    const question: Message = {
      role: 'user',
      get parts() {
        looks++;
        return [{ type: 'text' as const, text: 'password: "kD83hs-92hFwq0"' }];
      },
    };
    const found = [1, 2, 3].map(count =>
      secretsInLog.check(span, {
        traceSpans: [span],
        content: {
          inputMessages: Array.from({ length: count }, () => question),
          outputMessages: [],
          tools: [],
          params: {},
        },
        previous: () => undefined,
        contentOf: () => undefined,
      }),
    );
    assert.ok(found.every(finding => finding?.facts['secrets'] === 1));
    assert.equal(looks, 1);
  });
});
