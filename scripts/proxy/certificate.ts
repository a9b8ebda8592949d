import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Certificate {
  certificate: string
  key: string
  /** What a client has to trust. */
  authority: Buffer
}

/** A certificate for these names that nobody else trusts, made by openssl in a folder. */
export function testCertificate(folder: string, names: readonly string[]): Certificate {
  const [certificate, key] = [join(folder, 'fullchain.pem'), join(folder, 'privkey.pem')]
  const subject = [
    '-subj',
    '/CN=kakuho test',
    '-addext',
    `subjectAltName=${names.map((name) => `DNS:${name}`)}`,
  ]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-keyout', key, '-out', certificate],
      ...subject,
    ],
    { stdio: 'ignore' },
  )
  return { certificate, key, authority: readFileSync(certificate) }
}
