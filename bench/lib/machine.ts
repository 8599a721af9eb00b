import os from 'node:os';

const gigabyte = 1024 ** 3;

/** What was measured on, in one line. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const [{ model = 'unknown processor' } = {}] = cpus;
  const memory = `${Math.round(os.totalmem() / gigabyte)} GB`;
  return `${cpus.length} × ${model.trim()}, ${memory}, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
}

/** How busy the machine is besides: ours is not alone on it. */
export function describeLoad(): string {
  return os
    .loadavg()
    .map(load => load.toFixed(1))
    .join(' ');
}
