import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/**
 * A text that a session keeps until its page is left, though a copy of the database must not tell it: a late link's
 * token, of which the table has the hash alone. It opens with the server's own secret.
 */
export function sealed(text: string, secret: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce)
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url')
}

/** @throws where it was sealed with another secret: no session of that one is taken either */
export function unsealed(text: string, secret: string): string {
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
}

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** A key of its own: what opens this opens no session and no draft. */
function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'kakuho kept in a session 1', 32))
}
