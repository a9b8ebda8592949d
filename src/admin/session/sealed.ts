import { seal, sealingKey, unseal } from '../../office/sealing.ts'

/**
 * A text that a session keeps until its page is left, though a copy of the database must not tell it: a late link's
 * token, of which the table has the hash alone. It opens with the server's own secret.
 */
export function sealed(text: string, secret: string): string {
  return seal(text, sealingKey(secret, PURPOSE))
}

/** @throws where it was sealed with another secret: no session of that one is taken either */
export function unsealed(text: string, secret: string): string {
  return unseal(text, sealingKey(secret, PURPOSE))
}

const PURPOSE = 'kakuho kept in a session 1'
