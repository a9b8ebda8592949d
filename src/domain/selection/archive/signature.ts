import { fingerprintText, isSignedBy, type Signer, signingFingerprint } from '../../text/ed25519.ts'
import type { Archive, ArchiveSignature } from './archive.ts'
import type { Difference } from './first-difference.ts'

/** What is signed of an archive: the 64 characters of its one hash. */
function messageOf(sha256: string): Uint8Array {
  return new TextEncoder().encode(sha256)
}

/** @param by whose key it is */
export function signatureOf(
  sha256: string,
  signer: Signer,
  { at, by }: { at: Date; by: string },
): ArchiveSignature {
  return {
    algorithm: 'Ed25519',
    publicKey: signer.publicKey,
    value: signer.sign(messageOf(sha256)),
    signedAt: at.toISOString(),
    by,
  }
}

/** A signature that is none of this archive; null where it is right, whoever's key it is, or where there is none. */
export function signatureDifference(archive: Archive): Difference | null {
  const signature = signatureIn(archive)
  if (!signature || isSignedBy(signature.publicKey, messageOf(archive.sha256.archive), signature.value))
    return null
  const about = '署名が、この保存用一式のものではありません。'
  return { path: ['signature', 'value'], expected: 'SHA-256（全体）への署名', found: '別の署名', about }
}

export function signatureIn(archive: Archive): ArchiveSignature | null {
  return 'signature' in archive ? archive.signature : null
}

/** What is said of the signature of an archive that is right in itself; null of one that has none, as long as nobody asks. */
type SignatureCheck = { ok: true; text: string | null } | { ok: false; text: string }

/** @param key of whom it has to be; null where nobody has said */
export function checkSignature(archive: Archive, key: string | null): SignatureCheck {
  const signature = signatureIn(archive)
  if (!signature)
    return key === null
      ? { ok: true, text: null }
      : { ok: false, text: '署名がありません。指定した公開鍵で検証できません。' }
  const { publicKey, by } = signature
  const whose = `${by}の署名鍵（指紋：${fingerprintText(signingFingerprint(publicKey))}）`
  if (key === null)
    return {
      ok: true,
      text: `署名：${whose}によるものです。この指紋が、決裁の書類などに控えた指紋と同じであることを確認してください。`,
    }
  if (key === publicKey) return { ok: true, text: `署名：指定した公開鍵による署名と一致します（${whose}）。` }
  return {
    ok: false,
    text: `署名が、指定した公開鍵（指紋：${fingerprintText(signingFingerprint(key))}）によるものではありません。署名は${whose}によるものです。`,
  }
}
