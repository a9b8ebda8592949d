import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** In the place of `node:crypto`, as far as the engine uses it: SHA-256 in hex. */
export function hash(_algorithm, content) {
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content))
}
