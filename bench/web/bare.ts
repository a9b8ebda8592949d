import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import type { BareSite } from './bare-site.ts'

/**
 * The yardstick: a Fastify application that sends given bytes from memory, with the same headers, and at one address
 * stores given rows first, in one durable transaction. `node bare.ts SITE.json PORT`.
 */
const [file, port] = process.argv.slice(2) as [string, string]
const { routes, rows } = JSON.parse(readFileSync(file, 'utf8')) as BareSite
const app = Fastify()
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
)
const store = rows ? storing(rows) : null

for (const { method, url, status, headers, base64, stores } of routes) {
  const body = Buffer.from(base64, 'base64')
  app.route({
    method,
    url,
    handler: (_request, reply) => {
      if (stores) store!()
      reply.code(status).headers(headers).send(body)
    },
  })
}
await app.listen({ host: '127.0.0.1', port: Number(port) })

/** As durable as ours: on the disk before it is answered. */
function storing({ databasePath, tables }: NonNullable<BareSite['rows']>): () => void {
  const db = new Database(databasePath)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  // What the rows refer to is not here.
  db.pragma('foreign_keys = OFF')
  for (const { schema } of tables) db.exec(schema)
  const inserts = tables.map(({ name, row, counted }) => {
    const columns = Object.keys(row)
    const insert = db.prepare(
      `INSERT INTO "${name}" (${columns.map((column) => `"${column}"`).join()}) VALUES (${columns.map(() => '?').join()})`,
    )
    const values = Object.values(row)
    const places = counted.map((column) => columns.indexOf(column))
    return (turn: number) => {
      const these = [...values]
      for (const place of places) these[place] = another(values[place]!, turn)
      insert.run(these)
    }
  })
  let turn = 0
  const all = db.transaction(() => {
    turn += 1
    for (const insert of inserts) insert(turn)
  })
  return () => void all.immediate()
}

/** Of the same length, and of no other turn. */
function another(value: string | number | null, turn: number): string | number {
  if (typeof value === 'number') return value + turn
  const text = String(value)
  return String(turn).padStart(text.length, '0').slice(-text.length)
}
