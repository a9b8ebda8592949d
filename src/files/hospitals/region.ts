import type { Hospital } from '../../domain/master/hospital.ts'
import { findMunicipality, regionNamed } from '../../domain/master/region.ts'
import { prefectureOf } from '../../domain/survey/prefecture.ts'
import type { HospitalFileOptions } from './reading.ts'
import type { HospitalRow } from './row.ts'

/**
 * 市町村 and 二次医療圏 of a row of the hospital sheet. A blank region follows from the municipality; a given one stays,
 * with a warning where the municipality lies elsewhere. A misspelt region would get seats of its own: it is an error.
 * @returns null when the row has an error about them
 */
export function readWhereabouts(
  row: HospitalRow,
  { geography: { municipalities, regions }, prefecture = prefectureOf('') }: HospitalFileOptions,
): Pick<Hospital, 'region' | 'municipality'> | null {
  const place = row.text('市町村')
  const given = row.text('二次医療圏')
  const known = place ? findMunicipality(municipalities, { name: place }) : null
  const municipality = known?.name ?? place
  if (!given) {
    if (!known) row.refuse('二次医療圏', noRegion(place, prefecture.within))
    return known && { region: known.region, municipality }
  }
  const region = regionNamed(regions, given)
  // A prefecture whose regions did not come with the program names them itself.
  if (regions.length > 0 && !regions.includes(region)) {
    row.refuse('二次医療圏', `「${given}」という二次医療圏はありません。${oneOf(regions)}`)
    return null
  }
  if (place && !known) row.warn('市町村', `「${place}」は${prefecture.within}の市町村の一覧にありません。`)
  if (known && known.region !== region)
    row.warn(
      '二次医療圏',
      `「${region}」とありますが、${known.name}は「${known.region}」の市町村です。ファイルの値を採用しました。`,
    )
  return { region, municipality }
}

/** 「A、B、Cのいずれかを入力してください。」 */
export function oneOf(labels: readonly string[]): string {
  return `${labels.join('、')}のいずれかを入力してください。`
}

function noRegion(place: string | null, within: string): string {
  return place
    ? `空欄ですが、市町村「${place}」が${within}の市町村の一覧にないため、二次医療圏を補えません。`
    : NO_PLACE
}

export const NO_PLACE = '二次医療圏と市町村が、どちらも空欄です。どちらかを入力してください。'
