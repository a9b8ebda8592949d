import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const MOST_COLOURS = 256

/**
 * A picture of a page in the 256 colours that it has most of, a byte a point: less than half of what a browser writes, and the
 * same bytes for the same picture. What is between two colours at the edge of a letter becomes the nearer.
 * @param png as Chromium makes it: 8 bits a colour, not interlaced
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decoded(png)
  const { palette, indexOf } = paletteOf(pixels)
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x]!)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits, by palette.
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const parts = {
    IHDR: head,
    PLTE: colours,
    IDAT: deflateSync(rows, { level: 9, memLevel: 9 }),
    IEND: Buffer.alloc(0),
  }
  return Buffer.concat([SIGNATURE, ...Object.entries(parts).map(([name, data]) => chunk(name, data))])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** The points as 0xrrggbb. */
function decoded(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const data: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const size = { 2: 3, 6: 4 }[png[25]!]
  if (png[24] !== 8 || size === undefined || png[28] !== 0)
    throw new Error('not a PNG as Chromium makes them')
  const rows = unfiltered(inflateSync(Buffer.concat(data)), width * size, size)
  const pixels = Uint32Array.from({ length: width * height }, (_, point) => rows.readUIntBE(point * size, 3))
  return { width, height, pixels }
}

/** PNG 9.2: each row says from which neighbours its bytes differ. */
function unfiltered(filtered: Buffer, stride: number, size: number): Buffer {
  const height = filtered.length / (stride + 1)
  const rows = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y += 1) {
    const filter = filtered[y * (stride + 1)]!
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < size ? 0 : rows[at - size]!
      const above = y === 0 ? 0 : rows[at - stride]!
      const corner = x < size || y === 0 ? 0 : rows[at - stride - size]!
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!
      rows[at] = (filtered[y * (stride + 1) + 1 + x]! + guess) & 255
    }
  }
  return rows
}

function paeth(left: number, above: number, corner: number): number {
  const sum = left + above - corner
  const far = [left, above, corner].map((each) => Math.abs(sum - each))
  if (far[0]! <= far[1]! && far[0]! <= far[2]!) return left
  return far[1]! <= far[2]! ? above : corner
}

function paletteOf(pixels: Uint32Array): { palette: number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const palette = [...counts]
    .sort(([a, n], [b, m]) => m - n || a - b)
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour)
  const known = new Map(palette.map((colour, index) => [colour, index]))
  return {
    palette,
    indexOf(colour) {
      const index = known.get(colour) ?? nearest(colour, palette)
      known.set(colour, index)
      return index
    },
  }
}

function nearest(colour: number, palette: readonly number[]): number {
  const distance = (other: number) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
  const distances = palette.map(distance)
  return distances.indexOf(Math.min(...distances))
}
