import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * The journeys need Chromium and a Japanese font. Where one is missing they are installed on a Debian on which
 * this may be done; elsewhere the test run fails here with the command to run. It never skips silently.
 */
const PACKAGES = [
  { name: 'chromium', present: () => chromiumPath() !== null },
  { name: 'fonts-noto-cjk', present: hasJapaneseFont },
  { name: 'fontconfig', present: () => runs('fc-list', ['--version']) },
]

const missing = PACKAGES.filter(({ present }) => !present()).map(({ name }) => name)
if (missing.length > 0) install(missing)

function install(names: string[]): void {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`
  const isDebian = existsSync('/etc/debian_version') && runs('apt-get', ['--version'])
  const asRoot = process.getuid?.() === 0 ? [] : runs('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null
  if (!isDebian || asRoot === null) refuse(names, isDebian ? `sudo sh -c '${command}'` : null)
  process.stdout.write(`Installing for the browser journeys: ${names.join(', ')}\n`)
  const [program, ...argumentList] = [...asRoot, 'sh', '-c', command]
  const run = spawnSync(program!, argumentList, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  const still = PACKAGES.filter(({ present }) => !present()).map(({ name }) => name)
  if (run.status !== 0 || still.length > 0) refuse(still, command)
}

function refuse(names: string[], command: string | null): never {
  const how = command ? `Run: ${command}` : 'Install them, or name the browser by CHROMIUM_PATH.'
  process.stderr.write(`The browser journeys need what is missing here: ${names.join(', ')}.\n${how}\n`)
  process.exit(1)
}

function chromiumPath(): string | null {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  return known.find((path) => path && existsSync(path)) ?? null
}

function hasJapaneseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

function runs(program: string, argumentList: string[]): boolean {
  return spawnSync(program, argumentList, { stdio: 'ignore' }).status === 0
}
