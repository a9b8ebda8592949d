import { verify } from 'node:crypto'
import { fromBase64, toBase64 } from './base64.ts'
import { sha256Hex } from './canonical.ts'

/** What signs for an installation: its private key never leaves the file that it lies in. */
export interface Signer {
  /** 32 bytes of Ed25519 in base64. */
  publicKey: string
  /** @returns 64 bytes in base64 */
  sign(message: Uint8Array): string
}

/** By which the key is told from others, on paper and on the telephone: SHA-256 of its 32 bytes in hex. */
export function signingFingerprint(publicKey: string): string {
  return sha256Hex(fromBase64(publicKey)!)
}

/** Eight characters at a time, to be compared by eye. */
export function fingerprintText(fingerprint: string): string {
  return fingerprint.replace(/(.{8})(?!$)/g, '$1 ')
}

/** Before the 32 bytes of an Ed25519 key in the form in which keys are exchanged (SubjectPublicKeyInfo). */
const SPKI = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

export function isSignedBy(publicKey: string, message: Uint8Array, signature: string): boolean {
  const [key, value] = [fromBase64(publicKey), fromBase64(signature)]
  if (key?.length !== 32 || value?.length !== 64) return false
  const der = Uint8Array.from([...SPKI, ...key])
  return verify(null, message, { key: der as Buffer, format: 'der', type: 'spki' }, value)
}

/** The key as a file that other programs read as well. */
export function publicKeyPem(publicKey: string): string {
  const der = toBase64(Uint8Array.from([...SPKI, ...fromBase64(publicKey)!]))
  return `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`
}

const PEM = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]{1,200})-----END PUBLIC KEY-----$/

/** @returns the key; null where the text is no public key of Ed25519 */
export function readPublicKeyPem(text: string): string | null {
  const body = PEM.exec(text.trim())?.[1]?.replace(/\s/g, '')
  const der = body === undefined ? null : fromBase64(body)
  if (der?.length !== SPKI.length + 32 || SPKI.some((byte, index) => der[index] !== byte)) return null
  return toBase64(der.subarray(SPKI.length))
}
