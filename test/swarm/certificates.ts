import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Certificates of an own authority, for 127.0.0.1, as the `docker` command has them in folders: one that the authority knows, and one of another. */
export function makeCertificates(folder: string): { server: { ca: Buffer; cert: Buffer; key: Buffer }; folder: string; stranger: string } {
  const [own, other] = [join(folder, 'own'), join(folder, 'other')];
  for (const each of [own, other]) {
    mkdirSync(each, { recursive: true });
    const openssl = (...args: string[]): void => {
      const { status, stderr } = spawnSync('openssl', args, { cwd: each, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    };
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=authority',
      '-keyout',
      'ca-key.pem',
      '-out',
      'ca.pem',
    );
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost', '-keyout', 'key.pem', '-out', 'request.pem');
    writeFileSync(join(each, 'names'), 'subjectAltName=IP:127.0.0.1\n');
    openssl('x509', '-req', '-in', 'request.pem', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-days', '1', '-extfile', 'names', '-out', 'cert.pem');
  }
  const read = (file: string): Buffer => readFileSync(join(own, file));
  const server = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  // It knows the server, which does not know it.
  cpSync(join(own, 'ca.pem'), join(other, 'ca.pem'));
  return { server, folder: own, stranger: other };
}
