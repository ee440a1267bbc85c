import { expect, test } from 'vitest';
import { whyUnreachable } from './why-unreachable.ts';

const fault = (facts: object, message = 'x'): Error => Object.assign(new Error(message), facts);
const refused = fault({ code: 'ECONNREFUSED', syscall: 'connect', address: '::1', port: 5432 });

test.each<[Error, string]>([
  [refused, 'Nothing answers at [::1]:5432: start PostgreSQL there, or correct host and port'],
  [new AggregateError([refused]), 'Nothing answers at [::1]:5432: start PostgreSQL there, or correct host and port'],
  [fault({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'dbb' }), 'There is no host "dbb": correct its name'],
  [
    fault({ code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: 'db' }),
    'The address of the host "db" cannot be looked up right now: check the name and the DNS',
  ],
  [
    fault({ code: 'EHOSTUNREACH', syscall: 'connect', address: '10.0.0.9', port: 5432 }),
    'There is no way to 10.0.0.9:5432: check the host and the network',
  ],
  [fault({ code: 'ETIMEDOUT', syscall: 'connect' }), 'The PostgreSQL server does not answer: check host, port and firewall'],
  [fault({}, 'timeout expired'), 'The PostgreSQL server does not answer: check host, port and firewall'],
  [
    fault({ code: 'ENOENT', syscall: 'connect', address: '/run/postgresql/.s.PGSQL.5432' }),
    'There is no PostgreSQL socket at /run/postgresql/.s.PGSQL.5432: start PostgreSQL there, or correct the path',
  ],
  [fault({ code: 'CERT_HAS_EXPIRED' }), 'The certificate of the PostgreSQL server cannot be verified (CERT_HAS_EXPIRED)'],
  [
    fault({}, 'The server does not support SSL connections'),
    'The PostgreSQL server does not offer TLS: remove sslmode from the address, or set TLS up there',
  ],
  [
    fault({}, 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
    'The PostgreSQL server wants a password, and the address has none',
  ],
  [
    fault({}, 'Connection terminated unexpectedly'),
    'The PostgreSQL server closed the connection: look into its log, and check that it is PostgreSQL that answers there',
  ],
  [fault({}, 'something new'), 'The PostgreSQL server cannot be reached'],
])('%o', (error, sentence) => {
  expect(whyUnreachable(error)).toBe(sentence);
});
