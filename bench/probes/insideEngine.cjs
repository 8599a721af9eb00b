// Loaded into the engine's thread before the engine: answers questions that the engine knows nothing of.
const { parentPort } = process.getBuiltinModule('node:worker_threads');
const { constants, PerformanceObserver } = process.getBuiltinModule('node:perf_hooks');

/** When a request came, by its number. @type {Map<number, number>} */
const arrivals = new Map();
/** From the arrival of a request to its reply, ms, in the order of the replies. @type {number[]} */
let times = [];

/** Whole collections so far. */
let collections = 0;

if (parentPort) {
  const observer = new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      // the types know no details of an entry
      const { kind } = Reflect.get(entry, 'detail');
      collections += kind === constants.NODE_PERFORMANCE_GC_MAJOR ? 1 : 0;
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  const port = parentPort;
  const post = port.postMessage.bind(port);
  port.postMessage = message => {
    post(message);
    const arrival = message.kind === 'reply' ? arrivals.get(message.id) : undefined;
    if (arrival !== undefined) {
      times.push(performance.now() - arrival);
      arrivals.delete(message.id);
    }
  };
  port.on('message', message => {
    if (message.kind === 'request') {
      arrivals.set(message.id, performance.now());
    } else if (message.kind === 'bench:memory') {
      // the second round frees what the first one has found to be without an owner
      globalThis.gc?.();
      globalThis.gc?.();
      const { heapUsed, external, rss } = process.memoryUsage();
      post({ kind: 'bench:memory', memory: { heapUsed, external, rss } });
    } else if (message.kind === 'bench:collections') {
      post({ kind: 'bench:collections', collections });
    } else if (message.kind === 'bench:stopCounting') {
      observer.disconnect();
      post({ kind: 'bench:stopCounting' });
    } else if (message.kind === 'bench:times') {
      post({ kind: 'bench:times', times });
      times = [];
    }
  });
}
