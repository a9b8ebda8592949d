import { fingerprintText, signingFingerprint } from '../../../domain/text/ed25519.ts'
import { type Comparison, contradiction, placeOf } from './facts.ts'

/** Every key by which the installation has signed was made by an act, and none was put beside them. */
export const signingKeysAgainstRecord: Comparison = ({ signingKeys }) => {
  const stored = signingKeys.all().map(({ publicKey }) => signingFingerprint(publicKey))
  return (facts) => {
    const recorded = facts.flatMap(({ seq, action, detail }) =>
      action.startsWith('signing-key.') ? [{ seq, fingerprint: detail.text('fingerprint') }] : [],
    )
    return contradiction('署名鍵', differences(stored, recorded))
  }
}

function* differences(
  stored: readonly string[],
  recorded: readonly { seq: number; fingerprint: string }[],
): Generator<string> {
  for (const [index, fingerprint] of stored.entries())
    if (recorded[index]?.fingerprint !== fingerprint)
      yield `署名鍵（指紋：${fingerprintText(fingerprint)}）が、記録と異なります。`
  for (const lost of recorded.slice(stored.length)) yield `${placeOf(lost)}の署名鍵が、失われています。`
}
