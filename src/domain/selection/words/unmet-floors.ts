import type { UnmetFloor, UnmetFloors } from '../explain/unmet-floors.ts'
import type { Reading } from '../reading.ts'

/**
 * What would have been enough, a sentence a region: 「100～199床の枠があと1あれば、熊毛の確保枠を満たせます。」 The regions
 * without an eligible hospital stand in the last one, apart.
 * @param byRegion the order of the prefecture's own lists
 */
export function unmetFloorSentences(
  { unmet, withoutEligible }: UnmetFloors,
  { bandLabel }: Pick<Reading, 'bandLabel'>,
  byRegion: (a: string, b: string) => number,
): string[] {
  const sentences = unmet
    .toSorted((a, b) => byRegion(a.region, b.region))
    .map((each) => floorSentence(each, (bands) => anyOf(bands.map(bandLabel))))
  if (withoutEligible.length === 0) return sentences
  const names = withoutEligible.toSorted(byRegion).join('、')
  const apart = `選定対象の病院がないため、枠を増やしても選定できない医療圏：${names}`
  return [...sentences, `${apart}。`]
}

function floorSentence(
  { region, floor, shortfall, enough, eased }: UnmetFloor,
  bandsText: (bands: string[]) => string,
): string {
  if (enough.length > 0) return `${bandsText(enough)}の枠があと1あれば、${region}の確保枠を満たせます。`
  const not = `どの区分の枠があと1あっても、${region}の確保枠（${floor}病院）は満たせません（不足${shortfall}病院）。`
  const left = Map.groupBy(eased, (each) => each.shortfall)
  const easing = [...left].map(
    ([still, bands]) =>
      `${bandsText(bands.map(({ band }) => band))}の枠であれば、不足は${still}病院になります。`,
  )
  return [not, ...easing].join('')
}

/** 20～99床、100～199床のいずれか */
function anyOf(labels: string[]): string {
  return labels.length === 1 ? labels[0]! : `${labels.join('、')}のいずれか`
}
