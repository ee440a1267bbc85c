/** Commands of the bare proxy: `listen` takes the address of the vendor and gives the proxy's own. */
export type ProxyCommands = {
  readonly listen: { readonly input: string; readonly output: string };
};
