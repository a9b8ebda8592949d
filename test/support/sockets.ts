import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What came over a connection until its end. */
export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** All of it, as it came. */
  text: string
  milliseconds: number
}

/** A connection on which a test says what it likes. */
export class Wire {
  readonly socket: Socket
  private received = ''
  private readonly began = performance.now()
  private readonly ended: Promise<unknown>

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      this.received += text
    })
    socket.on('error', () => undefined)
    this.ended = new Promise((resolve) => socket.once('close', resolve))
  }

  static async to(address: string): Promise<Wire> {
    const { hostname, port } = new URL(address)
    const socket = connect({ host: hostname, port: Number(port) })
    await once(socket, 'connect')
    return new Wire(socket)
  }

  say(text: string): this {
    this.socket.write(text)
    return this
  }

  /** One character after the other, until the other side has had enough. */
  drip(text: string, every: number): this {
    let at = 0
    const timer = setInterval(() => {
      if (at >= text.length || this.socket.destroyed || this.socket.readableEnded) clearInterval(timer)
      else this.socket.write(text[at++]!)
    }, every)
    return this
  }

  /** What came, once the server has closed. */
  async end(): Promise<RawAnswer> {
    await this.ended
    return answerOf(this.received, performance.now() - this.began)
  }

  /** What has come so far, once there is something. */
  async heard(): Promise<RawAnswer> {
    if (this.received === '') await once(this.socket, 'data')
    return answerOf(this.received, performance.now() - this.began)
  }

  close(): void {
    this.socket.destroy()
  }
}

/** Says something and reads until the server closes. */
export async function ask(address: string, text: string): Promise<RawAnswer> {
  return (await Wire.to(address)).say(text).end()
}

function answerOf(text: string, milliseconds: number): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: body.join('\r\n\r\n'),
    text,
    milliseconds,
  }
}
