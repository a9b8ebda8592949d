/** In the order in which they are looked for: most browsers name others too. */
const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iPhone・iPad'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'Mac'],
  [/Linux|CrOS/, 'Linux'],
]

/** What somebody recognises the own browser by: Edge（Windows）. */
export function browserName(agent: string): string {
  const nameIn = (names: typeof BROWSERS) => names.find(([pattern]) => pattern.test(agent))?.[1]
  const [browser, system] = [nameIn(BROWSERS) ?? 'ほかのブラウザー', nameIn(SYSTEMS)]
  return system ? `${browser}（${system}）` : browser
}
