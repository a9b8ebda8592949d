import { randomFillSync } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Every answer names its request by it, and every line of the log. */
export const REQUEST_ID = 'x-request-id'

/** No vowels and nothing that is taken for another: it is read out over the telephone, and spells no word. */
const LETTERS = '23456789BCDFGHJKMNPQRSTVWXZ'
const LENGTH = 10
/** What nginx ($request_id) and Caddy (a UUID) make; nothing that a person could have meant. */
const OF_A_PROXY = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

const known = new WeakMap<IncomingMessage, string>()

/**
 * @param trusted addresses and ranges of the proxies that may say what a request is called
 * @returns gives each request its name, once: a rehearsal that is handed one has the same
 */
export function requestIds(trusted: readonly string[]): (request: IncomingMessage) => string {
  const isProxy = trusted.length === 0 ? () => false : within(trusted)
  return (request) => {
    const said = request.headers[REQUEST_ID]
    const id =
      known.get(request) ??
      (typeof said === 'string' && OF_A_PROXY.test(said) && isProxy(request.socket.remoteAddress ?? '')
        ? said.toLowerCase()
        : newId())
    known.set(request, id)
    return id
  }
}

/** Of a request that has come as far as to have one; null before. */
export function requestIdOf(request: IncomingMessage): string | null {
  return known.get(request) ?? null
}

/** 問合せ番号, as a page shows it: the log is found by the beginning of a longer one. */
export function spokenId(id: string): string {
  return id.slice(0, id.includes('-') ? 13 : 12)
}

export function registerRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID, request.id)
    done()
  })
}

/** Random bytes cost the same for one as for thousands. */
const pool = Buffer.alloc(8192)
let used = pool.length

function newId(): string {
  let id = ''
  while (id.length < LENGTH) {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    // Of 32 equally likely ones, those that have a letter.
    id += LETTERS[pool[used]! & 31] ?? ''
    used += 1
  }
  return id
}

function within(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', length] = range.split('/')
    const kind = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (length === undefined) list.addAddress(address, kind)
    else list.addSubnet(address, Number(length), kind)
  }
  return (text) => {
    // IPv4 as a listener of both kinds is told it.
    const address = text.replace(/^::ffff:(?=\d+\.)/, '')
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  }
}
