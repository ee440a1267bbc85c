/** Makes the certificates in src/gigachat/fixtures anew, with openssl: a root, what it signs in between, a server and a client. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const target = new URL('../src/gigachat/fixtures/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

writeFileSync(join(folder, 'index.txt'), '');
writeFileSync(
  join(folder, 'ca.cnf'),
  `[ca]
default_ca = simulated
[simulated]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[between]
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
[server]
basicConstraints = CA:false
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
[client]
basicConstraints = CA:false
extendedKeyUsage = clientAuth
`,
);

interface Certificate {
  readonly name: string;
  readonly subject: string;
  readonly extensions: string;
  /** Absent = signs itself. */
  readonly signer?: string;
}

function make({ name, subject, extensions, signer }: Certificate): void {
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`);
  openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${subject}`, '-out', `${name}.csr`);
  const by = signer === undefined ? ['-selfsign', '-keyfile', `${name}.key`] : ['-keyfile', `${signer}.key`, '-cert', `${signer}.crt`];
  const dates = ['-startdate', '20200101000000Z', '-enddate', '21200101000000Z'];
  openssl(
    'ca',
    '-batch',
    '-notext',
    '-config',
    'ca.cnf',
    '-extensions',
    extensions,
    '-in',
    `${name}.csr`,
    '-out',
    `${name}.crt`,
    ...by,
    ...dates,
  );
}

make({ name: 'root', subject: 'Simulated Trusted Root CA', extensions: 'root' });
make({ name: 'between', subject: 'Simulated Trusted Sub CA', extensions: 'between', signer: 'root' });
make({ name: 'server', subject: 'localhost', extensions: 'server', signer: 'between' });
make({ name: 'client', subject: 'simulated client', extensions: 'client', signer: 'between' });
const files = {
  'root.pem': read('root.crt'),
  'server.pem': read('server.key') + read('server.crt') + read('between.crt'),
  'client.pem': read('client.key') + read('client.crt') + read('between.crt'),
};
for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, target), text);
rmSync(folder, { recursive: true });
