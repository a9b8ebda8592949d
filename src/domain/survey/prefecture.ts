/** How a prefecture is spoken of in letters and on pages: by its name, and by what kind of 都道府県 it is. */
export interface Prefecture {
  /** 鹿児島県 */
  name: string
  /** 都, 道, 府 or 県, as in 府の担当者 */
  kind: '都' | '道' | '府' | '県'
  /** 府内: within it */
  within: string
  /** 本府: how it calls itself */
  own: string
}

/** @param name as the settings have it; one without any of the four at its end is spoken of as a 県 */
export function prefectureOf(name: string): Prefecture {
  const kind = (/[都道府県]$/u.exec(name)?.[0] ?? '県') as Prefecture['kind']
  return { name, kind, within: `${kind}内`, own: `本${kind}` }
}
