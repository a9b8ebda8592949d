import type { Tile } from '../../domain/master/region.ts'
import { percentOf } from '../../domain/text/percent.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { shippedTiles } from '../../files/geography/tiles.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { regionOrder } from '../../office/region-order.ts'
import type { ConfirmedResults } from '../../office/rounds/confirmed.ts'

/** The 二次医療圏 as tiles that lie about as they do on a map, and the same as a table. */
export interface RegionMap {
  regions: RegionTile[]
  /** Every region has its place; otherwise they follow each other in the prefecture's order. */
  isMap: boolean
}

interface RegionTile {
  name: string
  hospitals: number
  answered: number
  /** Of its hospitals; null where it has none. */
  percent: number | null
  /** 0 to 3: how dark the tile is. */
  level: number
  eligible: number
  selected: number
  tile: Tile | null
}

/**
 * Once a round is confirmed those are selected that hold a seat, where they lie today, as for the floors; who would be
 * selected next is merely eligible.
 * @param confirmed null as long as nothing is confirmed: the draft's are selected
 */
export function regionMap(
  draft: Draft,
  prefectureCode: string,
  confirmed: ConfirmedResults | null,
): RegionMap {
  const { hospitals, submissions, result } = draft
  const answering = new Set(
    submissions.filter(({ state }) => state === 'current').map(({ hospitalCode }) => hospitalCode),
  )
  const tallies = new Map(result.regions.map((region) => [region.id, region]))
  const own = Map.groupBy(hospitals, ({ region }) => region)
  const names = [...new Set([...shippedGeography(prefectureCode).regions, ...own.keys()])]
  const tiles = shippedTiles(prefectureCode)
  const regions = names.sort(regionOrder(prefectureCode)).map((name) => {
    const there = own.get(name) ?? []
    const answered = there.filter(({ key }) => answering.has(key)).length
    const { eligible = 0, selected = 0 } = tallies.get(name) ?? {}
    return {
      name,
      hospitals: there.length,
      answered,
      ...shareOf(answered, there.length),
      eligible,
      selected: confirmed
        ? there.filter(({ key }) => confirmed.get(key)?.kind === 'selected').length
        : selected,
      tile: tiles.get(name) ?? null,
    }
  })
  return { regions, isMap: regions.length > 0 && regions.every(({ tile }) => tile !== null) }
}

function shareOf(part: number, whole: number): Pick<RegionTile, 'percent' | 'level'> {
  const percent = percentOf(part, whole)
  return { percent, level: LEVELS.filter((least) => (percent ?? 0) >= least).length }
}

/** From how much on a tile is darker. */
const LEVELS = [50, 70, 85]
