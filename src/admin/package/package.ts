import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { dateText, dateTimeText } from '../../domain/text/dates.ts'
import { encodeCsv } from '../../files/table/encoding.ts'
import { writeZip } from '../../files/xlsx/zip.ts'
import { forOfficers } from '../access.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { type PackageEntry, packageEntries } from './contents.ts'
import { pageAsFile } from './page-as-file.ts'

interface PackageModel {
  entries: PackageEntry[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/package/package': PackageModel
  }
}

/** One file out: everything that is needed at a terminal inside, where nobody reaches this program. */
export function packageRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  app.get('/package', forOfficers, async (_request, reply) =>
    adminPage(reply, 'admin/package/package', { entries: packageEntries(stores) }),
  )

  app.get('/package.zip', forOfficers, async (request, reply) => {
    const at = now()
    const files = new Map<string, Buffer>()
    const listed: Listed[] = []
    for (const entry of packageEntries(stores)) {
      // Between two of them everybody else has a turn.
      await setImmediate()
      const bytes = await bytesOf(request, entry)
      files.set(entry.name, bytes)
      listed.push({ ...entry, sha256: createHash('sha256').update(bytes).digest('hex') })
    }
    const by = officerOf(request)
    const about = `${request.site.title}\r\n作成：${dateTimeText(at)}　${by.name}\r\n`
    files.set('はじめにお読みください.txt', encodeCsv(about + readme(listed), 'utf-8'))
    const name = `${request.site.prefecture}_一式_${dateText(at)}.zip`
    return sendFile(
      reply,
      { name, fallback: 'package.zip', type: 'application/zip', bytes: writeZip(files) },
      () =>
        stores.audit.append({
          at,
          actor: by.login,
          action: 'package.exported',
          subject: 'package',
          detail: { files: files.size },
        }),
    )
  })
}

/** What the address gives this officer, the very bytes of the download. */
async function bytesOf(request: FastifyRequest, { address, name }: PackageEntry): Promise<Buffer> {
  const ask = (url: string) =>
    request.server.inject({ url, headers: { cookie: request.headers.cookie ?? '', host: request.host } })
  const reply = await ask(`/admin${address}`)
  if (reply.statusCode !== 200) {
    const statusCode = Math.max(reply.statusCode, 500)
    throw Object.assign(new Error(`/admin${address} gives ${reply.statusCode}`), { statusCode })
  }
  // What is offered as a file is a file already, of any kind.
  if (!name.endsWith('.html') || reply.headers['content-disposition'] !== undefined) return reply.rawPayload
  return Buffer.from(await pageAsFile(reply.body, async (href) => (await ask(href)).body), 'utf8')
}

type Listed = PackageEntry & { sha256: string }

function readme(listed: readonly Listed[]): string {
  const lines = [
    '',
    'このフォルダーには、調査の一覧、起案、確定結果、報告などの、作成した時点のファイルが入っています。',
    '・.html のファイルは、ブラウザーで開き、印刷できます。インターネットへの接続は要りません。',
    '・.xlsx と .csv のファイルは、表計算ソフトで開けます。',
    '・病院ごとの回答用リンクは収録していません。',
    '・個人情報と、病院の対策の状況を含みます。取扱いに注意してください。',
    '',
    '収録しているファイル',
    ...listed.flatMap(({ name, note, sha256 }) => [`■${name}`, `　${note}`, `　SHA-256：${sha256}`]),
  ]
  return `${lines.join('\r\n')}\r\n`
}
