import { setTimeout as pause } from 'node:timers/promises'
import type { NodemailerError, SendMailOptions } from 'nodemailer'
import type { Config } from '../config.ts'
import type { OutboxStore, OutgoingMail, QueuedMail } from '../db/outbox.ts'
import { quotedEmail } from '../domain/text/email.ts'
import { isOneAddress } from '../domain/text/one-address.ts'

interface SenderOptions {
  outbox: OutboxStore
  mail: NonNullable<Config['mail']>
  now: () => Date
  log: MailLog
  /** Waits for another program's lock, bounded, beside everything else. */
  writable?: (isGivenUp: () => boolean) => Promise<void>
  /** What a mail says: what opens anything is put in when it leaves, so that no database holds it. */
  written?: (mail: QueuedMail) => Pick<OutgoingMail, 'subject' | 'body'>
}

/** Never told an address, nor what the mail server said: it often repeats the address. */
export interface MailLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

type Sending = Pick<SenderOptions, 'outbox' | 'now' | 'log' | 'writable'>

/** Hands one mail to the mail server; rejects where that did not take it. */
type Send = (mail: QueuedMail) => Promise<void>

/**
 * Sends what is due, now and every few seconds from now on, beside the requests and never in one.
 * It keeps no process alive and throws nothing.
 * @returns close(): waits for the mail that is just being sent, and sends no other
 */
export function startMailSender(options: SenderOptions): { close(): Promise<void> } {
  const send = sendVia(options)
  let closing = false
  let timer: NodeJS.Timeout | undefined
  const round = async () => {
    await sendDue(options, send, () => !closing)
    if (!closing) timer = setTimeout(() => (running = round()), PAUSE).unref()
  }
  let running = round()
  return {
    async close() {
      closing = true
      clearTimeout(timer)
      await running
    },
  }
}

/**
 * One mail after the other until none is due. Ends early where the mail server cannot take any now, so that a server
 * that is down is not asked for each of them. A recipient whom it cannot take now keeps nobody else's mail waiting: anybody
 * may have named him in a form.
 */
export async function sendDue(
  sending: Sending,
  send: Send,
  mayGoOn: () => boolean = () => true,
): Promise<void> {
  const { outbox, now, log, writable = async () => {} } = sending
  let putOff = 0
  try {
    while (mayGoOn()) {
      // One that could not be noted as sent would be sent twice.
      if (outbox.due(now(), 1).length > 0) await writable(() => !mayGoOn())
      const mail = outbox.claim(now())
      if (!mail) return
      const outcome = await attempt(sending, send, mail, mayGoOn)
      if (outcome === 'server-cannot') return
      if (outcome === 'recipient-cannot') putOff += 1
      // So many are no chance: it takes none of anybody.
      if (putOff === MOST_PUT_OFF) return
    }
  } catch (error) {
    log.error({ code: codeOf(error) }, 'the outbox could not be used')
  }
}

/** A connection a mail; STARTTLS where the server offers it. */
export function sendVia({
  mail: { smtpUrl, from },
  now,
  written = (mail) => mail,
}: Pick<SenderOptions, 'mail' | 'now' | 'written'>): Send {
  let transport: Awaited<ReturnType<typeof transportTo>> | undefined
  return async (mail) => {
    // The transport would take a list apart and send to each.
    if (!isOneAddress(mail.recipient))
      throw Object.assign(new Error('not one mail address'), { permanent: true, command: 'RCPT TO' })
    const whole = { ...mail, ...written(mail) }
    transport ??= await transportTo(smtpUrl)
    await transport.sendMail({ ...message(whole, from, now()), signal: AbortSignal.timeout(LONGEST) })
  }
}

/** With the first mail, not at the start: it takes memory. */
async function transportTo(url: string) {
  const { createTransport } = await import('nodemailer')
  return createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

const PAUSE = 5_000
/** Of one round. */
const MOST_PUT_OFF = 20
/** Well within the lease of a claimed mail. */
const LONGEST = 120_000

async function attempt(
  sending: Sending,
  send: Send,
  mail: QueuedMail,
  mayGoOn: () => boolean,
): Promise<'sent' | 'given-up' | 'recipient-cannot' | 'server-cannot'> {
  const { outbox, now, log } = sending
  const facts = { mail: mail.id, attempt: mail.attempts }
  const refusal = await send(mail).then(() => null, asError)
  if (!refusal) {
    // At once: only a stop between the server's acceptance and this line could send a mail twice.
    await noted(sending, mayGoOn, () => outbox.markSent(mail.id, now()))
    log.info(facts, 'mail sent')
    return 'sent'
  }
  const failure = { at: now(), error: refusal.message, permanent: isForGood(refusal) }
  const outcome = await noted(sending, mayGoOn, () => outbox.markFailed(mail.id, failure))
  const { responseCode } = refusal
  log.warn({ ...facts, code: codeOf(refusal), responseCode, outcome }, 'mail not sent')
  if (outcome === 'given-up') return outcome
  return isAboutRecipient(refusal) ? 'recipient-cannot' : 'server-cannot'
}

/** 421 says that the server takes nothing more, whatever was asked. */
function isAboutRecipient({ command, responseCode }: NodemailerError): boolean {
  return command === 'RCPT TO' && responseCode !== 421
}

/** Once more and again, while the mail is still leased to us: storage that is locked or full comes back. */
async function noted<Value>(
  { writable, log }: Sending,
  mayGoOn: () => boolean,
  note: () => Value,
): Promise<Value> {
  for (let tries = 1; ; tries += 1)
    try {
      await writable?.(() => !mayGoOn())
      return note()
    } catch (error) {
      if (tries === MOST_NOTES || !mayGoOn()) throw error
      log.warn({ code: codeOf(error), tries }, 'what became of a mail could not be noted')
      await pause(BETWEEN_NOTES, undefined, { ref: false })
    }
}

/** With the wait of each for a lock well within the lease. */
const MOST_NOTES = 20
const BETWEEN_NOTES = 2_000

function message({ id, recipient, subject, body, createdAt }: QueuedMail, from: string, date: Date) {
  const to = quotedEmail(recipient)
  return {
    from: { name: '', address: from },
    to: { name: '', address: to },
    // Stated, so that no header can name another recipient.
    envelope: { from, to: [to] },
    subject,
    text: body,
    textEncoding: 'base64',
    date,
    // The same on every attempt: a mail server that already has it can tell.
    messageId: `<${createdAt.getTime()}.${id}@${from.slice(from.indexOf('@') + 1)}>`,
    // RFC 3834: answering machines stay silent.
    headers: { 'Auto-Submitted': 'auto-generated' },
  } satisfies SendMailOptions
}

/** The recipient or the mail itself was refused. A refused login or sender is ours to mend, and the mail waits for that. */
function isForGood({ permanent, command }: NodemailerError): boolean {
  return permanent === true && (command === 'RCPT TO' || command === 'DATA')
}

function asError(reason: unknown): NodemailerError {
  return reason instanceof Error ? reason : new Error(String(reason))
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'unknown')
}
