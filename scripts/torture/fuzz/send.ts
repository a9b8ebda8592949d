import { once } from 'node:events'
import { connect } from 'node:net'
import type { Opened } from './office.ts'
import type { Request } from './writing.ts'

export interface Reply {
  /** 0 where the connection ended without an answer. */
  status: number
  type: string
  location: string
  /** '' where it is packed: its text is not looked at then. */
  body: string
}

/** Milliseconds that an answer may need on a busy machine before it counts as none. */
const LONGEST_WAIT = 30_000

/** @param from which of the machine's own addresses, so that limits by address do not answer for the pages */
export async function send(
  { app, port }: Opened,
  request: Request,
  cookie: string,
  from: number,
): Promise<Reply> {
  const headers = { ...request.headers, ...(cookie !== '' && !request.headers.cookie && { cookie }) }
  if (request.isRaw) return sendRaw(port, { ...request, headers }, from)
  const reply = await app.inject({
    method: request.method as 'GET' | 'POST',
    url: request.url,
    headers,
    remoteAddress: `10.${(from >> 16) & 255}.${(from >> 8) & 255}.${from & 255}`,
    ...(request.body && { payload: request.body }),
  })
  return {
    status: reply.statusCode,
    type: String(reply.headers['content-type'] ?? ''),
    location: String(reply.headers.location ?? ''),
    body: reply.body,
  }
}

async function sendRaw(port: number, { method, url, headers, body }: Request, from: number): Promise<Reply> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    localAddress: `127.${1 + ((from >> 16) & 127)}.${(from >> 8) & 255}.${1 + (from % 254)}`,
  })
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.on('error', () => undefined)
  socket.setTimeout(LONGEST_WAIT, () => socket.destroy())
  const lines = {
    host: `127.0.0.1:${port}`,
    connection: 'close',
    ...(body && { 'content-length': String(body.length) }),
    ...headers,
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(
    Buffer.concat([
      Buffer.from(`${method} ${url} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'),
      body ?? Buffer.alloc(0),
    ]),
  )
  // What is not understood may be waited for: whoever sent all ends.
  const ending = setTimeout(() => socket.end(), 400)
  if (!socket.closed) await once(socket, 'close')
  clearTimeout(ending)
  return parsed(Buffer.concat(parts))
}

function parsed(bytes: Buffer): Reply {
  const text = bytes.toString('utf8')
  const end = text.indexOf('\r\n\r\n')
  const head = end < 0 ? text : text.slice(0, end)
  const header = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
  return {
    status: Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 0),
    type: header('content-type'),
    location: header('location'),
    body: end < 0 || header('content-encoding') !== '' ? '' : text.slice(end + 4),
  }
}
