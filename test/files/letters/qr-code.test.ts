import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrCodeOf } from '../../../src/files/letters/qr-code.ts'

test.each([
  'https://kakuho.example.jp/i/AbCdEfGhIjKlMnOpQrStUvWx0123456789',
  `https://kakuho.example.jp/${'長'.repeat(40)}`,
  'http://127.0.0.1:3000/',
])('%s is read again from what is drawn', (address) => {
  const { size, path } = qrCodeOf(address)
  expect(read(size, path)).toBe(address)
})

test('four squares of white stand around it', () => {
  const { size, path } = qrCodeOf('https://kakuho.example.jp/')
  const boxes = boxesOf(path)
  expect(Math.min(...boxes.map(({ x }) => x))).toBe(4)
  expect(Math.min(...boxes.map(({ y }) => y))).toBe(4)
  expect(Math.max(...boxes.map(({ x, length }) => x + length))).toBe(size - 4)
  expect(Math.max(...boxes.map(({ y }) => y + 1))).toBe(size - 4)
})

function boxesOf(path: string) {
  const boxes = path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)
  return [...boxes].map(([, x, y, length]) => ({ x: Number(x), y: Number(y), length: Number(length) }))
}

/** As a phone sees it: eight pixels a square. */
function read(size: number, path: string): string {
  const scale = 8
  const width = size * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const { x, y, length } of boxesOf(path))
    for (let row = y * scale; row < (y + 1) * scale; row += 1)
      for (let column = x * scale; column < (x + length) * scale; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3)
  return decodeQR({ width, height: width, data })
}
