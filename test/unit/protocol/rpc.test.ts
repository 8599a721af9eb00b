import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import { connect, method, serve, type Port } from '../../../src/protocol/rpc';

const contract = {
  double: method<{ value: number }, number>(z.object({ value: z.number() })),
  fail: method<Record<string, never>, null>(z.object({})),
  uncloneable: method<Record<string, never>, unknown>(z.object({})),
};

/** Two ports joined back to back; messages cross as structured clones, as they do in a real pipe. */
function pipe(): { left: Port; right: Port } {
  const listeners = {
    left: new Set<(message: unknown) => void>(),
    right: new Set<(message: unknown) => void>(),
  };
  const port = (mine: 'left' | 'right', other: 'left' | 'right'): Port => ({
    postMessage: message => {
      // throws for what cannot be cloned, as a real port does
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => listeners[other].forEach(listener => listener(copy)));
    },
    onMessage: listener => {
      listeners[mine].add(listener);
      return () => listeners[mine].delete(listener);
    },
  });
  return { left: port('left', 'right'), right: port('right', 'left') };
}

function pair() {
  const { left, right } = pipe();
  const server = serve<typeof contract, string>(left, contract, {
    double: ({ value }) => value * 2,
    fail: () => {
      throw new Error('the disk is gone');
    },
    uncloneable: () => ({ toJSON: () => 1 }),
  });
  const events: string[] = [];
  const { client, dispose } = connect<typeof contract, string>(right, event => events.push(event));
  return { server, client, dispose, events, right };
}

describe('rpc', () => {
  it('answers a request with what the handler returns', async () => {
    const { client } = pair();
    assert.equal(await client.double({ value: 21 }), 42);
  });

  it('turns a throwing handler into a rejected request, not a silent wait', async () => {
    const { client } = pair();
    await assert.rejects(client.fail({}), /the disk is gone/);
  });

  it('rejects when the answer cannot cross the pipe', async () => {
    const { client } = pair();
    await assert.rejects(client.uncloneable({}), /could not be cloned/);
  });

  it('rejects when the question cannot cross the pipe, and goes on', async () => {
    const { client } = pair();
    // a function is no value that a pipe can carry
    const params = { value: () => 1 } as unknown as { value: number };
    await assert.rejects(client.double(params), /could not be cloned/);
    assert.equal(await client.double({ value: 3 }), 6);
  });

  it('refuses params that do not fit before a handler sees them', async () => {
    const { client } = pair();
    // a caller on the far side of a pipe is not held to our types
    const params = { value: 'many' } as unknown as { value: number };
    await assert.rejects(client.double(params), /bad params for double/);
  });

  it('refuses methods that no contract names, also those every object has', async () => {
    const { right } = pair();
    for (const name of ['nope', '__proto__', 'constructor', 'toString']) {
      const reply = await new Promise(resolve => {
        const stop = right.onMessage(message => {
          stop();
          resolve(message);
        });
        right.postMessage({ kind: 'request', id: 1, method: name, params: {} });
      });
      assert.deepEqual(reply, { kind: 'reply', id: 1, error: `unknown method: ${name}` });
    }
  });

  it('rejects what is pending, and what comes later, once it is disposed', async () => {
    const { client, dispose } = pair();
    const pending = client.double({ value: 1 });
    dispose('the worker died');
    await assert.rejects(pending, /the worker died/);
    await assert.rejects(client.double({ value: 2 }), /the worker died/);
  });

  it('carries events to the other side', async () => {
    const { server, events } = pair();
    server.emit('changed');
    await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(events, ['changed']);
  });

  it('survives any message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), async message => {
        const { client, right } = pair();
        right.postMessage(message);
        // boxed: a bare number could be the id of the request that follows
        right.postMessage({ kind: 'request', id: [message], method: message, params: message });
        assert.equal(await client.double({ value: 2 }), 4);
      }),
      { numRuns: 200 },
    );
  });
});
