/** What a package.json says that matters here. */
export interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  scripts?: Record<string, string>
  /** Of which packages the install script runs (npm 11). */
  allowScripts?: Record<string, boolean>
}

interface LockedPackage {
  version?: string
  license?: string
  integrity?: string
  resolved?: string
  hasInstallScript?: boolean
  /** Written by hand where it is false: npm then builds nothing, also one that does not know `allowScripts`. */
  gypfile?: boolean
  dev?: boolean
  link?: boolean
}

export interface Lockfile {
  lockfileVersion: number
  packages: Record<string, LockedPackage>
}

/**
 * May be used and passed on beside our own code, whatever licence that has. MPL-2.0 asks for the source of its own files, which we
 * do not change.
 */
const LICENCES: ReadonlySet<string> = new Set([
  ...[
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'ISC',
    'MIT',
    'MIT-0',
    'MPL-2.0',
  ],
])

const LOCK = 'package-lock.json'
/** The only package whose install script runs: it brings the runtime along. */
const RUNTIME = 'node'
/** By which npm runs something of ours on another's machine while it installs. */
const HOOKS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare', 'postprepare']

/** Every package of the tree but our own, by its place in node_modules. */
export function packagesOf({ packages }: Lockfile): [place: string, LockedPackage][] {
  return Object.entries(packages).filter(([place]) => place !== '')
}

export function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** What is wrong with what we build upon, a line a fault. */
export function faultsOf(manifest: Manifest, lockfile: Lockfile): string[] {
  return [
    ...rangesIn(manifest).map((fault) => `not an exact version: ${fault}`),
    ...scriptFaults(manifest, lockfile),
    ...packagesOf(lockfile).flatMap(([place, locked]) => packageFaults(place, locked)),
  ]
}

function rangesIn({ dependencies, devDependencies }: Manifest): string[] {
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`)
}

function scriptFaults({ allowScripts = {}, scripts = {} }: Manifest, lockfile: Lockfile): string[] {
  const withScript = packagesOf(lockfile).filter(([, { hasInstallScript }]) => hasInstallScript)
  const undecided = withScript.map(([place]) => nameOf(place)).filter((name) => !(name in allowScripts))
  const allowed = Object.entries(allowScripts).filter(([name, isAllowed]) => isAllowed && name !== RUNTIME)
  return [
    ...undecided.map((name) => `an install script that nobody has decided on: ${name}`),
    ...withScript
      .filter(
        ([place, { dev, gypfile }]) => !dev && gypfile !== false && allowScripts[nameOf(place)] === false,
      )
      .map(
        ([place]) =>
          `built anew by the npm of Node 20 and 22: "gypfile": false is missing in ${LOCK} for ${place}`,
      ),
    ...allowed.map(([name]) => `an install script besides the runtime's: ${name}`),
    ...HOOKS.filter((hook) => hook in scripts).map((hook) => `an install script of our own: ${hook}`),
  ]
}

function packageFaults(
  place: string,
  { license, integrity, resolved, link, version }: LockedPackage,
): string[] {
  const name = `${place} ${version}`
  return [
    ...(integrity?.startsWith('sha512-') ? [] : [`no SHA-512 of its content: ${name}`]),
    ...(resolved === undefined || resolved.startsWith(REGISTRY)
      ? []
      : [`from elsewhere: ${name} (${resolved})`]),
    ...(link ? [`a link: ${name}`] : []),
    ...(isAllowed(license ?? '')
      ? []
      : [`a licence that is not on the list: ${name} (${license ?? 'none'})`]),
  ]
}

const REGISTRY = 'https://registry.npmjs.org/'

/** SPDX: one of several suffices, and where there are several at once each has to be on the list. */
export function isAllowed(expression: string): boolean {
  const inner = expression.replace(/^\((.*)\)$/, '$1')
  return inner
    .split(' OR ')
    .some((each) => each.split(' AND ').every((licence) => LICENCES.has(licence.trim())))
}

/** How many packages have which licence, the most frequent first. */
export function licencesOf(
  lockfile: Lockfile,
  { dev }: { dev: boolean },
): [licence: string, names: string[]][] {
  const byLicence = new Map<string, Set<string>>()
  for (const [place, locked] of packagesOf(lockfile)) {
    if ((locked.dev === true) !== dev) continue
    const names = byLicence.get(locked.license ?? 'none') ?? new Set()
    byLicence.set(locked.license ?? 'none', names.add(nameOf(place)))
  }
  return [...byLicence]
    .map(([licence, names]): [string, string[]] => [licence, [...names].sort()])
    .sort(([, a], [, b]) => b.length - a.length)
}
