import type { FastifyInstance } from 'fastify'

/** Of which servers it was said: both listeners of one server say it once. */
const warned = new WeakSet<object>()

/**
 * Behind a proxy that nobody named, everybody comes from one address: whoever mistypes a code spends the tries of all.
 * @param server what both listeners of one server share
 */
export function warnOfUnknownProxy(app: FastifyInstance, server: { trustProxy: readonly string[] }): void {
  if (server.trustProxy.length > 0) return
  app.addHook('onRequest', ({ headers, log }, _reply, done) => {
    if (headers['x-forwarded-for'] !== undefined && !warned.has(server)) {
      warned.add(server)
      log.warn(UNKNOWN_PROXY)
    }
    done()
  })
}

const UNKNOWN_PROXY =
  'リバースプロキシ経由の接続（X-Forwarded-For）を受けましたが、環境変数TRUST_PROXYが設定されていません。すべての利用者が同じ接続元とみなされ、回数の制限が全員に及びます。TRUST_PROXYに、リバースプロキシのアドレスを設定してください（例：TRUST_PROXY=127.0.0.1）。'
