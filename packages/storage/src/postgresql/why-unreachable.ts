import { fileFault } from '../files/file-fault.ts';

const unverified = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;

/** What is wrong with the way to the server, and what to do. Never quotes the address as a whole: it holds the password. */
export function whyUnreachable(error: Error): string {
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return byCode(first) ?? byMessage(first.message) ?? 'The PostgreSQL server cannot be reached';
}

function byCode(error: Error): string | undefined {
  const { code } = facts(error);
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${placeOf(error)}: start PostgreSQL there, or correct host and port`;
    case 'ENOTFOUND':
      return `There is no host "${facts(error).hostname}": correct its name`;
    case 'EAI_AGAIN':
      return `The address of the host "${facts(error).hostname}" cannot be looked up right now: check the name and the DNS`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no way to ${placeOf(error)}: check the host and the network`;
    case 'ENOENT':
      if (facts(error).address !== '')
        return `There is no PostgreSQL socket at ${placeOf(error)}: start PostgreSQL there, or correct the path`;
      return fileWords(error);
    case 'ETIMEDOUT':
      return silent;
    default:
      if (unverified.test(code)) return `The certificate of the PostgreSQL server cannot be verified (${code})`;
      return fileWords(error);
  }
}

const silent = 'The PostgreSQL server does not answer: check host, port and firewall';

function byMessage(message: string): string | undefined {
  if (/does not support SSL/i.test(message))
    return 'The PostgreSQL server does not offer TLS: remove sslmode from the address, or set TLS up there';
  if (/password must be a/i.test(message)) return 'The PostgreSQL server wants a password, and the address has none';
  if (/timeout|timed out/i.test(message)) return silent;
  if (/terminated unexpectedly|ECONNRESET/i.test(message))
    return 'The PostgreSQL server closed the connection: look into its log, and check that it is PostgreSQL that answers there';
  return undefined;
}

/** A socket that may not be opened, or a file of certificates that the address names. */
function fileWords(error: Error): string | undefined {
  const fault = fileFault(error);
  if (fault === undefined) return undefined;
  const { address, path } = facts(error);
  return `The PostgreSQL server cannot be reached through ${address || path || 'its file'}: ${fault}`;
}

function placeOf(error: Error): string {
  const { address, port } = facts(error);
  if (port === '') return address || 'that address';
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

type Fact = 'code' | 'address' | 'port' | 'hostname' | 'path';

/** Node tells the facts of its errors in members that no type describes. */
function facts(error: Error): Readonly<Record<Fact, string>> {
  const members = new Map<string, unknown>(Object.entries(error));
  const text = (name: Fact): string => {
    const value = members.get(name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return { code: text('code'), address: text('address'), port: text('port'), hostname: text('hostname'), path: text('path') };
}
