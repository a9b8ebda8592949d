/** Bytes as base64 and back, by what Node and browsers both have. */

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Null for what is not written exactly as `toBase64` writes it: base64 may end in bits that say nothing. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = read(text)
  return bytes && toBase64(bytes) === text ? bytes : null
}

function read(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    // Characters that base64 does not know.
    return null
  }
}
