const signals = ['SIGINT', 'SIGTERM'] as const;

/** Calls `listener` for each Ctrl-C (or plain kill) instead of ending the program, until disposed of. */
export function listenForInterrupts(listener: () => void): Disposable {
  for (const signal of signals) process.on(signal, listener);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
