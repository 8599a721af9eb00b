import type * as z from 'zod/mini';

/**
 * One mechanism for both pipes, thread and webview. A contract is a table: a zod schema for what comes in (it may come from
 * anywhere) and a type for what goes out (it comes from our own bundle).
 */
export interface Method<Params, Result> {
  readonly params: z.ZodMiniType<Params>;
  /** Type only; never holds a value. */
  readonly result?: Result;
}
// oxlint-disable-next-line typescript/no-explicit-any -- the only way to say "a table of methods of any shape"
export type Contract = Readonly<Record<string, Method<any, any>>>;
type ParamsOf<M> = M extends Method<infer P, unknown> ? P : never;
type ResultOf<M> = M extends { readonly result?: infer R } ? Exclude<R, undefined> : never;

export type Client<C extends Contract> = {
  readonly [K in keyof C]: (params: ParamsOf<C[K]>) => Promise<ResultOf<C[K]>>;
};
export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: (params: ParamsOf<C[K]>) => ResultOf<C[K]> | Promise<ResultOf<C[K]>>;
};

/** Both ends of a pipe: a worker's port, a webview. */
export interface Port {
  postMessage(message: unknown): void;
  /** Returns what stops listening. */
  onMessage(listener: (message: unknown) => void): () => void;
}

interface Request {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}
type Reply =
  | { readonly kind: 'reply'; readonly id: number; readonly ok: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly error: string };
interface EventMessage {
  readonly kind: 'event';
  readonly event: unknown;
}

function hasKind(message: unknown, kind: string): message is { readonly kind: string } {
  return (
    typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind
  );
}

/** A method that is declared in a contract. */
export function method<Params, Result>(params: z.ZodMiniType<Params>): Method<Params, Result> {
  return { params };
}

/** Answers requests. Params are parsed before a handler sees them; every request gets a reply. Returns how to stop and how to send events. */
export function serve<C extends Contract, Event = never>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
): { readonly emit: (event: Event) => void; readonly dispose: () => void } {
  const answer = async (request: Request): Promise<Reply> => {
    const declared = Object.hasOwn(contract, request.method) ? contract[request.method] : undefined;
    const handler = Object.hasOwn(handlers, request.method) ? handlers[request.method] : undefined;
    if (!declared || !handler) {
      return {
        kind: 'reply',
        id: request.id,
        error: `unknown method: ${String(request.method).slice(0, 60)}`,
      };
    }
    const params = declared.params.safeParse(request.params);
    if (!params.success) {
      return {
        kind: 'reply',
        id: request.id,
        error: `bad params for ${request.method}: ${params.error.message}`,
      };
    }
    try {
      return { kind: 'reply', id: request.id, ok: await handler(params.data) };
    } catch (error) {
      return {
        kind: 'reply',
        id: request.id,
        error: error instanceof Error ? error.message : String(error),
      };
    }
  };
  const dispose = port.onMessage(message => {
    // the id is only ever echoed, the method is looked up, the params are parsed: nothing else of the message is used
    if (hasKind(message, 'request')) {
      const request = message as Request;
      void answer(request)
        .then(reply => port.postMessage(reply))
        .catch((error: unknown) => {
          // what a handler returned could not be cloned: the caller must not wait for ever
          port.postMessage({ kind: 'reply', id: request.id, error: String(error) });
        });
    }
  });
  return {
    emit: event => port.postMessage({ kind: 'event', event } satisfies EventMessage),
    dispose,
  };
}

/** Asks. Every pending request settles: reply, error, or `channel closed` on dispose. */
export function connect<C extends Contract, Event = never>(
  port: Port,
  onEvent: (event: Event) => void = () => {},
): { readonly client: Client<C>; readonly dispose: (reason?: string) => void } {
  const pending = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  let nextId = 1;
  let closed: string | undefined;
  const stop = port.onMessage(message => {
    if (hasKind(message, 'event')) {
      // the other side is typed with the same Event; nothing at run time could tell
      onEvent((message as unknown as { event: Event }).event);
      return;
    }
    if (!hasKind(message, 'reply')) {
      return;
    }
    // only our own `serve` answers on this port, with a Reply
    const reply = message as unknown as Reply;
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) {
      waiting?.reject(new Error(reply.error));
    } else {
      waiting?.resolve(reply.ok);
    }
  });
  // every property is answered by `get`; the compiler sees only the empty target
  const client = new Proxy({} as Client<C>, {
    get: (_target, name) => (params: unknown) =>
      new Promise((resolve, reject) => {
        if (closed !== undefined) {
          reject(new Error(closed));
          return;
        }
        const id = nextId++;
        pending.set(id, { resolve, reject });
        try {
          port.postMessage({
            kind: 'request',
            id,
            method: String(name),
            params,
          } satisfies Request);
        } catch (error) {
          // what was asked cannot cross: nobody will ever answer
          pending.delete(id);
          throw error;
        }
      }),
  });
  return {
    client,
    dispose: (reason = 'channel closed') => {
      closed = reason;
      stop();
      for (const { reject } of pending.values()) {
        reject(new Error(reason));
      }
      pending.clear();
    },
  };
}
