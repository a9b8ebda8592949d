import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** In the place of `node:crypto`, as far as the engine and the check use it: SHA-256 in hex, and whether Ed25519 signed. */
export function hash(_algorithm, content) {
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content))
}

/** Of a key in DER: the last 32 bytes are the key itself. */
export function verify(_algorithm, message, { key }, signature) {
  return ed25519.verify(signature, message, key.subarray(-32), { zip215: false })
}
