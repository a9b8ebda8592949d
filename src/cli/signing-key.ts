import { signingKeyStore } from '../db/signing-keys.ts'
import { parseReason } from '../domain/record/reason.ts'
import { fingerprintText, publicKeyPem, signingFingerprint } from '../domain/text/ed25519.ts'
import { changeSigningKey } from '../signing-key.ts'
import { badInput, type Command } from './command.ts'
import { configOf, openedFor, withStores } from './database.ts'
import { optionsOf } from './options.ts'

const USAGE = 'signing-key'

/** Shows the public key, for whoever verifies archives. */
export const signingKey: Command = {
  usage: USAGE,
  async run(args, context) {
    if (args.length > 0) throw badInput(`使い方：kakuho ${USAGE}`)
    const { publicKey } = await withStores(context, ({ signer }) => signer!)
    context.print(`署名鍵の指紋（SHA-256）：${fingerprintText(signingFingerprint(publicKey))}`)
    context.print(publicKeyPem(publicKey).trimEnd())
  },
}

const CHANGE_USAGE = 'signing-key change --reason 理由'

/** Signs by another key from now on: where the one there was is lost, or may be in somebody else's hands. */
export const signingKeyChange: Command = {
  usage: CHANGE_USAGE,
  async run(args, context) {
    const { rest, options } = optionsOf(args, ['--reason'], CHANGE_USAGE)
    const [typed = '', ...others] = options['--reason'] ?? []
    if (rest.length > 0 || others.length > 0) throw badInput(`使い方：kakuho ${CHANGE_USAGE}`)
    const reason = parseReason(typed)
    if (!reason.ok) throw badInput(`--reason：署名鍵を替える${reason.message}`)
    const config = configOf(context)
    const { database } = openedFor(context, { mayCreate: false })
    try {
      const act = { actor: 'cli', at: context.now(), reason: reason.reason }
      const { publicKey } = changeSigningKey(config, signingKeyStore(database.db), act)
      context.print(
        `署名鍵を替えました。新しい指紋（SHA-256）：${fingerprintText(signingFingerprint(publicKey))}`,
      )
      context.print(
        '動いているシステムは、次に起動したときから新しい鍵で署名します。今すぐ再起動してください。',
      )
    } finally {
      database.close()
    }
  },
}
