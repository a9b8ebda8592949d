import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

interface About {
  name: string
  version: string
  license?: string
  author?: string | { name: string; email?: string }
  homepage?: string
}

interface Package extends About {
  /** What it says itself of its terms, word for word. */
  files: string[]
}

/**
 * Whose code is in a build, on which terms, as the licences ask of whoever hands it on: every package with its licence and its
 * notices as it has them. Whoever brings none gets the text of the licence that it names, with its author.
 * @param folders where the packages lie
 */
export function noticesOf(folders: Iterable<string>): string {
  const packages = [...new Set(folders)]
    .map(packageAt)
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))
  const textOf = (each: Package) => (each.files.length > 0 ? each.files : [namedLicence(each, packages)])
  return packages
    .map((each) => [`${each.name} ${each.version} (${each.license})`, ...textOf(each)].join('\n\n'))
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n')
}

/** The folder of the package that a file is of; of none for what is our own. */
export function packageFolderOf(file: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? null
}

function packageAt(folder: string): Package {
  const about: About = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(basename(name)))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
  return { ...about, files }
}

function namedLicence({ name, license, author, homepage }: Package, packages: Package[]): string {
  const like = packages.find((each) => each.license === license && each.files.length > 0)
  if (!like) throw new Error(`${name} has no text of its licence (${license}), and nobody else has it`)
  const who = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
  const text = like.files[0]!.replace(/^[ \t]*copyright \(c\).*\n/gim, '').trim()
  return `Copyright (c) ${[who, homepage].filter(Boolean).join(', ')}\n\n${text}`
}
