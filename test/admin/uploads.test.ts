import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { officeWith } from '../support/office.ts'

const office = officeWith()
const officer = office.officer()
const URL = '/admin/gmis/import'

test('of many files at once some are read, and the others are asked to come again', async () => {
  await office.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = office.app.server.address() as AddressInfo
  await officer.get(URL)
  const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'content-type': 'multipart/form-data; boundary=b' }
  // Each has begun to send and does not go on.
  const stuck = Array.from({ length: 4 }, () => {
    const sending = request({ port, host: '127.0.0.1', path: URL, method: 'POST', headers })
    sending.on('error', () => undefined)
    sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc')
    return sending
  })
  const file = { name: 'a.csv', bytes: Buffer.from('abc') }
  const status = async () => (await officer.upload(URL, file)).statusCode
  await expect.poll(status, { timeout: 5000 }).toBe(429)
  expect((await officer.get(URL)).statusCode).toBe(200)

  for (const sending of stuck) sending.destroy()
  await expect.poll(status, { timeout: 5000 }).toBe(422)
  // Whatever is answered gives its place back.
  for (let sent = 0; sent < 6; sent += 1) expect(await status()).toBe(422)
})
