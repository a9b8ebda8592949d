import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { Wire } from '../support/sockets.ts'

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const FORM = 'Host: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\n'

async function start() {
  const running = await startTestApp({ limits: { farewell: 200, end: 600 } })
  let answer: (text: string) => void = () => undefined
  running.app.get('/slow', () => new Promise<string>((resolve) => (answer = resolve)))
  const address = await running.app.listen({ host: '127.0.0.1', port: 0 })
  const closed = async () => {
    const began = performance.now()
    await running.app.close()
    return performance.now() - began
  }
  return { running, address, closed, answer: (text: string) => answer(text) }
}

test('half-sent requests do not keep a listener open, and are told that nothing is stored', async () => {
  const { running, address, closed } = await start()
  const form = (await Wire.to(address)).say(`POST /survey HTTP/1.1\r\n${FORM}submission`)
  const head = (await Wire.to(address)).say('GET / HTTP/1.1\r\nHos')
  const unheard = await Wire.to(address)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await closed()).toBeLessThan(1_500)
  const answer = await form.end()
  expect([answer.status, answer.headers.connection]).toEqual([503, 'close'])
  expect(answer.body).toContain('保存していません')
  expect(answer.headers['x-frame-options']).toBe('DENY')
  for (const wire of [head, unheard]) await wire.end()
  await running.close()
})

test('what is asked over an open connection meanwhile is refused with a page, not cut off', async () => {
  const { running, address, closed } = await start()
  const [reader, writer] = [await Wire.to(address), await Wire.to(address)]
  for (const wire of [reader, writer]) await wire.say(GET).heard()
  const closing = closed()
  await new Promise((resolve) => setTimeout(resolve, 50))
  reader.say(GET)
  writer.say(`POST /survey HTTP/1.1\r\n${FORM}submissionId=abcdefg`)
  for (const wire of [reader, writer]) {
    const { text } = await wire.end()
    const last = text.slice(text.lastIndexOf('HTTP/1.1 '))
    expect(last).toMatch(/^HTTP\/1\.1 503 /)
    expect(last).toMatch(/^connection: close\r$/im)
    expect(last).toMatch(/^retry-after: 10\r$/im)
    expect(last).toMatch(/^x-frame-options: DENY\r$/im)
    expect(last).toContain('送信された内容がある場合は、保存していません')
  }
  expect(await closing).toBeLessThan(1_500)
  await running.close()
})

test('what is being answered is answered', async () => {
  const { running, address, closed, answer } = await start()
  const asked = (await Wire.to(address)).say('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closing = closed()
  setTimeout(() => answer('at last'), 300)
  expect((await asked.end()).body).toBe('at last')
  expect(await closing).toBeLessThan(1_500)
  await running.close()
})

test('an answer that never comes does not keep it open either', async () => {
  const { running, address, closed } = await start()
  const asked = (await Wire.to(address)).say('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await closed()).toBeLessThan(1_500)
  expect((await asked.end()).text).toBe('')
  await running.close()
})

test('with nobody there it ends at once', async () => {
  const { running, closed } = await start()
  expect(await closed()).toBeLessThan(200)
  await running.close()
})
