// Loaded into what the launcher runs. When the launcher dies, even by SIGKILL, the channel to it closes and we end in
// order; and the launcher learns which signals reached us without it, so that it does not pass them on a second time.
import { constants } from 'node:os';
import process from 'node:process';

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (process.connected) process.send?.(signal);
    // Nobody else listens: as if we did not either.
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
  });
}
process.channel?.unref();
