import { Agent, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import type { Answer, Form } from '../torture/program.ts'

interface Place {
  port: number
  /** Under which name the survey is known. */
  name: string
  authority: Buffer
}

interface AskedFrom {
  cookie?: string | undefined
  /** An address of this machine: 127.0.0.0/8 is all its own. */
  from?: string
  headers?: Readonly<Record<string, string>>
  /** Milliseconds in which the body is sent, a tenth at a time. */
  slowly?: number
}

/** Somebody with a browser before a proxy: by https, by a name, from an address. */
export class Visitor {
  readonly #place: Place
  readonly #agents = new Map<string, Agent>()

  constructor(place: Place) {
    this.#place = place
  }

  /** @returns null where the connection ended before the whole answer was there */
  async ask(
    method: 'GET' | 'POST',
    path: string,
    fields?: Readonly<Record<string, string>> | Form,
    { cookie = '', from = '127.0.0.1', headers = {}, slowly = 0 }: AskedFrom = {},
  ): Promise<(Answer & { bytes: Buffer }) | null> {
    const { port, name } = this.#place
    const form = fields && formOf(fields)
    const started = performance.now()
    return new Promise((resolve) => {
      const sent = request({
        ...{ host: '127.0.0.1', port, method, path, servername: name, timeout: 60_000 },
        agent: this.#agentFrom(from),
        headers: {
          host: name,
          ...(cookie && { cookie }),
          ...(form && {
            origin: `https://${name}`,
            'sec-fetch-site': 'same-origin',
            'content-type': form.type,
            'content-length': form.body.length,
          }),
          ...headers,
        },
      })
      sent.on('timeout', () => sent.destroy())
      sent.on('error', () => resolve(null))
      sent.on('response', (reply) => {
        buffer(reply).then(
          (bytes) =>
            resolve({
              ...{ status: reply.statusCode!, headers: reply.headers },
              ...{ bytes, body: bytes.toString('utf8'), ms: performance.now() - started },
            }),
          () => resolve(null),
        )
      })
      if (form && slowly > 0) trickle(sent, form.body, slowly)
      else sent.end(form?.body)
    })
  }

  /** Nobody asks from there any more. */
  leave(from: string): void {
    this.#agents.get(from)?.destroy()
    this.#agents.delete(from)
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy()
  }

  /** Each address has connections of its own, as each visitor has. */
  #agentFrom(localAddress: string): Agent {
    const known = this.#agents.get(localAddress)
    const { authority: ca } = this.#place
    const agent = known ?? new Agent({ localAddress, ca, keepAlive: true, maxSockets: 8 })
    this.#agents.set(localAddress, agent)
    return agent
  }
}

function formOf(fields: Readonly<Record<string, string>> | Form): Form {
  if ('body' in fields && Buffer.isBuffer(fields.body)) return fields as Form
  const body = Buffer.from(new URLSearchParams(fields as Record<string, string>).toString())
  return { type: 'application/x-www-form-urlencoded', body }
}

function trickle(sent: ReturnType<typeof request>, body: Buffer, milliseconds: number): void {
  const step = Math.ceil(body.length / 10)
  let at = 0
  const timer = setInterval(() => {
    sent.write(body.subarray(at, at + step))
    at += step
    if (at < body.length) return
    clearInterval(timer)
    sent.end()
  }, milliseconds / 10)
}
