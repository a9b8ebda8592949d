import { groundsLabel } from '../../domain/disclosure/classes.ts'
import { columnText } from '../../domain/disclosure/column-words.ts'
import type { Disclosed, SetContents } from './contents.ts'
import type { Part } from './parts.ts'

/** 対象文書の一覧: every document that is held, in the set or not. */
export function heldRows(disclosed: readonly Disclosed[], { others }: SetContents): Part {
  const inSet = disclosed.map((each) => [
    each.title,
    each.dated,
    each.documentNumber,
    `${each.rows}行`,
    each.removals.length === 0 ? '開示' : '一部開示',
    each.types.map((type) => `${each.path}${type}`).join('\n'),
    hashOf(each),
    each.note,
  ])
  const held = others.map(({ title, dated, documentNumber, note }) => [
    title,
    dated,
    documentNumber,
    '',
    '別に判断',
    '',
    '',
    note,
  ])
  const headers = [
    '番号',
    '文書',
    '日付',
    '文書番号',
    '量',
    '開示の別',
    'この一式のファイル',
    '原本のSHA-256',
    '説明',
  ]
  return { name: '', headers, rows: [...inSet, ...held].map((row, place) => [String(place + 1), ...row]) }
}

/** A hash over few hidden words would let anybody find them by trying. */
function hashOf({ sha256, removals, isLarge }: Disclosed): string {
  if (sha256 === null) return ''
  return removals.length === 0 || isLarge ? sha256 : '掲載しない'
}

/** 不開示理由一覧: every place that is taken out, by document and column. */
export function reasonRows(disclosed: readonly Disclosed[], { wordings, ordinance }: SetContents): Part {
  const rows = disclosed.flatMap(({ title, path, removals }) =>
    removals.map(({ column, grounds, count, note }) => [
      title,
      path,
      columnText({ column }),
      String(count),
      grounds.length === 0 ? '原文のとおり' : groundsLabel(grounds),
      grounds.map((ground) => wordings[ground]).join('\n'),
      note,
    ]),
  )
  return {
    name: '',
    headers: ['文書', 'ファイル', '項目', '箇所の数', '区分', `不開示とする理由（${ordinance}）`, '補足'],
    rows,
  }
}
