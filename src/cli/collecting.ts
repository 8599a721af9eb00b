import v8 from 'node:v8';

/**
 * The space for new objects doubles while they survive, to 33 MB here; nothing that a command makes lives long enough for that to pay. It
 * stays as small as it is when it begins (1 to 4 MB), by a growth of one. Must be called before there are many objects, so before
 * the source of a command is read: what has grown stays so.
 */
export function keepYoungSmall(): void {
  grownByOne();
  // when V8 sets up the heap of another thread it takes a growth of less than two, which is the whole process's, for a mistake
  process.on('worker', worker => worker.once('online', grownByOne));
}

function grownByOne(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}
