/** How the prefectures are written in Latin letters, in the order of their codes (01 to 47). */
const ROMAJI = [
  ...['hokkaido', 'aomori', 'iwate', 'miyagi', 'akita', 'yamagata', 'fukushima', 'ibaraki', 'tochigi'],
  ...['gunma', 'saitama', 'chiba', 'tokyo', 'kanagawa', 'niigata', 'toyama', 'ishikawa', 'fukui'],
  ...['yamanashi', 'nagano', 'gifu', 'shizuoka', 'aichi', 'mie', 'shiga', 'kyoto', 'osaka', 'hyogo'],
  ...['nara', 'wakayama', 'tottori', 'shimane', 'okayama', 'hiroshima', 'yamaguchi', 'tokushima'],
  ...['kagawa', 'ehime', 'kochi', 'fukuoka', 'saga', 'nagasaki', 'kumamoto', 'oita', 'miyazaki'],
  ...['kagoshima', 'okinawa'],
]

/** @returns '' for a code that there is none of */
export function romajiOf(prefectureCode: string): string {
  return ROMAJI[Number(prefectureCode) - 1] ?? ''
}
