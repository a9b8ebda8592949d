const UNRELEASED = '## [未公開]'

/**
 * @returns the changelog in which what was collected under 未公開 is the new version's
 * @throws where there is nothing of which the version would consist
 */
export function released(changelog: string, version: string, day: string): string {
  const [before, after, ...more] = changelog.split(`${UNRELEASED}\n`)
  if (after === undefined || more.length > 0) throw new Error(`CHANGELOG.md needs one heading ${UNRELEASED}`)
  const collected = after.split(/^(?:## |\[)/m)[0]!
  if (collected.trim() === '') throw new Error(`CHANGELOG.md says nothing under ${UNRELEASED}`)
  const anchor = `${version.replaceAll('.', '')}---${day}`
  return `${before}${UNRELEASED}\n\n## [${version}] - ${day}\n${after}`.replace(
    /^(\[未公開\]: .*\n)/m,
    `$1[${version}]: #${anchor}\n`,
  )
}
