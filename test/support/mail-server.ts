import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

interface ReceivedMail {
  from: string
  recipients: string[]
  /** Lower-case names; encoded words decoded. */
  headers: Map<string, string>
  body: string
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

/** A real SMTP server in this process. What it refuses is set by the test, e.g. `{ rcpt: 550 }`. */
export async function startMailServer({ tls = false } = {}) {
  const received: ReceivedMail[] = []
  const refuse: { connect?: number; from?: number; rcpt?: number; data?: number; only?: string } = {}
  /** What the server waits for before it accepts a mail. */
  let gate: Promise<void> = Promise.resolve()
  const server = new SMTPServer({
    authOptional: true,
    // With the certificate that the package brings: nobody has signed it.
    secure: tls,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onConnect: (_session, done) => done(refusal(refuse.connect)),
    onMailFrom: (_address, _session, done) => done(refusal(refuse.from)),
    onRcptTo: ({ address }, _session, done) =>
      done(address.endsWith(refuse.only ?? '') ? refusal(refuse.rcpt, address) : null),
    async onData(stream, { envelope }, done) {
      const mail = parse(await text(stream))
      await gate
      const error = refusal(refuse.data)
      if (!error) {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        received.push({ from, recipients: envelope.rcptTo.map(({ address }) => address), ...mail })
      }
      done(error)
      server.emit('mail')
    },
  })
  // Whoever does not trust the certificate hangs up.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `${tls ? 'smtps' : 'smtp'}://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    refuse,
    /** Mails are accepted only once the returned function was called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    },
    nextMail: () => once(server, 'mail'),
    nextConnection: () => once(server.server, 'connection'),
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

function refusal(responseCode: number | undefined, about = ''): Error | null {
  return responseCode === undefined ? null : Object.assign(new Error(`refused ${about}`), { responseCode })
}

function parse(raw: string): Pick<ReceivedMail, 'headers' | 'body'> {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), decoded(line.slice(colon + 1).trim())] as const
    }),
  )
  const content = raw.slice(end + 4)
  const isBase64 = headers.get('content-transfer-encoding') === 'base64'
  return { headers, body: isBase64 ? Buffer.from(content, 'base64').toString('utf8') : content }
}

/** RFC 2047: =?UTF-8?B?…?= and =?UTF-8?Q?…?=, with nothing between two of them. */
function decoded(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, encoding: string, word: string) => {
      if (encoding.toLowerCase() === 'b') return Buffer.from(word, 'base64').toString('latin1')
      const bytes = word
        .replaceAll('_', ' ')
        .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      return bytes
    })
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
}
