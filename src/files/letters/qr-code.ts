import encodeQR from 'qr'

/** A QR code to be drawn: dark squares as one path on a square of `size` units, its quiet zone included. */
export interface QrCode {
  size: number
  path: string
}

/** @param address of at most some 2,000 characters: the shorter, the larger its squares on paper */
export function qrCodeOf(address: string): QrCode {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: QUIET_ZONE })
  return { size: rows.length, path: rows.flatMap(runsOf).join('') }
}

/** Squares of white around it, by ISO/IEC 18004. */
const QUIET_ZONE = 4

/** The dark squares of a row that touch are one box: no hair line stands between them on paper. */
function runsOf(row: readonly boolean[], y: number): string[] {
  return row.flatMap((dark, x) => {
    if (!dark || row[x - 1]) return []
    const end = row.indexOf(false, x)
    const length = (end === -1 ? row.length : end) - x
    return `M${x} ${y}h${length}v1h-${length}z`
  })
}
