import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Some tests drive programs of the machine: Chromium (its shell without windows, where there is none yet) and a Japanese
 * font for the browser journeys, `firefox-esr` and `libreoffice-calc` for the runs of their own, `nginx-light` and others
 * for what stands in deploy/. Where one is missing it is installed on a Debian on which this may be done; elsewhere the
 * test run fails here with the command to run. It never skips silently.
 */
const PACKAGES: Record<string, () => boolean> = {
  'chromium-headless-shell': () =>
    isAnyThere([
      process.env.CHROMIUM_PATH,
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
    ]),
  'firefox-esr': () => isAnyThere([process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']),
  'libreoffice-calc': () => runs('soffice', ['--version']),
  'nginx-light': () => runs('nginx', ['-v']) || runs('/usr/sbin/nginx', ['-v']),
  openssl: () => runs('openssl', ['version']),
  systemd: () => runs('systemd-analyze', ['--version']),
  caddy: () => runs('caddy', ['version']),
  'fonts-noto-cjk': hasJapaneseFont,
  fontconfig: () => runs('fc-list', ['--version']),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in PACKAGES))
if (unknown.length > 0) throw new Error(`no such program: ${unknown.join(', ')}`)

const missing = [...wanted, 'fonts-noto-cjk', 'fontconfig'].filter((name) => !PACKAGES[name]!())
if (missing.length > 0) install(missing)

function install(names: string[]): void {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`
  const isDebian = existsSync('/etc/debian_version') && runs('apt-get', ['--version'])
  const asRoot = process.getuid?.() === 0 ? [] : runs('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null
  if (!isDebian || asRoot === null) refuse(names, isDebian ? `sudo sh -c '${command}'` : null)
  process.stdout.write(`Installing for the tests: ${names.join(', ')}\n`)
  const [program, ...argumentList] = [...asRoot, 'sh', '-c', command]
  const run = spawnSync(program!, argumentList, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  const still = names.filter((name) => !PACKAGES[name]!())
  if (run.status !== 0 || still.length > 0) refuse(still, command)
}

function refuse(names: string[], command: string | null): never {
  const how = command
    ? `Run: ${command}`
    : 'Install them, or name the browsers by CHROMIUM_PATH and FIREFOX_PATH.'
  process.stderr.write(`The tests need what is missing here: ${names.join(', ')}.\n${how}\n`)
  process.exit(1)
}

function isAnyThere(paths: (string | undefined)[]): boolean {
  return paths.some((path) => path && existsSync(path))
}

function hasJapaneseFont(): boolean {
  const list = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

function runs(program: string, argumentList: string[]): boolean {
  return spawnSync(program, argumentList, { stdio: 'ignore' }).status === 0
}
