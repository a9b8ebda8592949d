import type { FastifyInstance } from 'fastify'

/** Of which servers it was said: both listeners of one server say it once. */
const warned = new WeakSet<object>()

interface Surroundings {
  production: boolean
  publicUrl: string
}

/** In earnest use, and whatever is sent can be read on the way: the password, the session, the answers. */
export function isUnprotected({ production, publicUrl }: Surroundings): boolean {
  return production && !publicUrl.startsWith('https:')
}

/** For whoever runs the program; the officers read it on their pages. */
export function warnOfPlainHttp(app: FastifyInstance, server: Surroundings): void {
  if (!isUnprotected(server) || warned.has(server)) return
  warned.add(server)
  app.log.warn(PLAIN_HTTP)
}

const PLAIN_HTTP =
  '本番環境（NODE_ENV=production）ですが、環境変数PUBLIC_URLがhttpsのアドレスではありません。パスワードや回答が暗号化されずに送られ、Cookieにも保護（Secure）が付きません。TLSを終端するリバースプロキシを置き、PUBLIC_URLにhttps://で始まるアドレスを設定してください。'
