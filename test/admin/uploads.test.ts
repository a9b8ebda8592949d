import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { officeWith } from '../support/office.ts'

const office = officeWith()
const officer = office.officer()
const PAGE = '/admin/gmis/import'

test('of many files at once some are read, and the others are asked to come again', async () => {
  await office.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = office.app.server.address() as AddressInfo
  await officer.get(PAGE)
  const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'content-type': 'multipart/form-data; boundary=b' }
  const answers: (number | undefined)[] = []
  // Each has begun to send and does not go on.
  const stuck = Array.from({ length: 5 }, () => {
    const sending = request({ port, host: '127.0.0.1', path: PAGE, method: 'POST', headers })
    sending.on('error', () => undefined)
    sending.on('response', ({ statusCode }) => answers.push(statusCode))
    sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc')
    return sending
  })
  try {
    const file = { name: 'a.csv', bytes: Buffer.from('abc') }
    const status = async () => (await officer.upload(PAGE, file)).statusCode
    await expect.poll(() => answers, { timeout: 10_000 }).toEqual([429])
    expect(await status()).toBe(429)
    expect((await officer.get(PAGE)).statusCode).toBe(200)

    for (const sending of stuck) sending.destroy()
    await expect.poll(status, { timeout: 10_000 }).toBe(422)
    // Whatever is answered gives its place back.
    for (let sent = 0; sent < 6; sent += 1) expect(await status()).toBe(422)
  } finally {
    for (const sending of stuck) sending.destroy()
  }
})
