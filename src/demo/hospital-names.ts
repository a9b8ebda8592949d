import type { Random } from './random.ts'

export type Named = readonly [name: string, kana: string]

/** 225 names without the kind of hospital: nobody's, and no hospital's. */
export function shuffledNames(random: Random): Named[] {
  const names = FIRST.flatMap((first) => SECOND.map((second) => joined(first, second)))
  for (let last = names.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last)
    ;[names[last], names[other]] = [names[other]!, names[last]!]
  }
  return names
}

/** 病院, 記念病院 … or, for the big ones, 総合病院. */
export function withKind(random: Random, named: Named, { isGeneral }: { isGeneral: boolean }): Named {
  return joined(named, isGeneral ? GENERAL : random.pick(KINDS))
}

function joined([name, kana]: Named, [nextName, nextKana]: Named): Named {
  return [name + nextName, kana + nextKana]
}

const GENERAL: Named = ['総合病院', 'ソウゴウビョウイン']
const KINDS: readonly Named[] = [
  ['病院', 'ビョウイン'],
  ['記念病院', 'キネンビョウイン'],
  ['中央病院', 'チュウオウビョウイン'],
  ['内科病院', 'ナイカビョウイン'],
  ['整形外科病院', 'セイケイゲカビョウイン'],
  ['リハビリテーション病院', 'リハビリテーションビョウイン'],
  ['外科病院', 'ゲカビョウイン'],
]

/** Colours and stones before trees and birds. */
const FIRST: readonly Named[] = [
  ['瑠璃', 'ルリ'],
  ['翡翠', 'ヒスイ'],
  ['琥珀', 'コハク'],
  ['茜', 'アカネ'],
  ['藍', 'アイ'],
  ['紫苑', 'シオン'],
  ['山吹', 'ヤマブキ'],
  ['萌黄', 'モエギ'],
  ['浅葱', 'アサギ'],
  ['珊瑚', 'サンゴ'],
  ['銀鼠', 'ギンネズ'],
  ['若竹', 'ワカタケ'],
  ['紅梅', 'コウバイ'],
  ['群青', 'グンジョウ'],
  ['白練', 'シロネリ'],
]
const SECOND: readonly Named[] = [
  ['ノ木', 'ノキ'],
  ['ヶ原', 'ガハラ'],
  ['の森', 'ノモリ'],
  ['鶴', 'ヅル'],
  ['千鳥', 'チドリ'],
  ['楓', 'カエデ'],
  ['椿', 'ツバキ'],
  ['雲雀', 'ヒバリ'],
  ['渚', 'ナギサ'],
  ['灯', 'アカリ'],
  ['橋', 'バシ'],
  ['帆', 'ホ'],
  ['泉', 'イズミ'],
  ['峰', 'ミネ'],
  ['里', 'サト'],
]
