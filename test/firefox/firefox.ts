import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'

const PATHS = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']

/** A real Firefox over WebDriver BiDi, with the pages' scripts running or not. */
export function launchFirefox({ javaScriptEnabled }: { javaScriptEnabled: boolean }): Promise<Browser> {
  const executablePath = PATHS.find((path) => path && existsSync(path))
  if (!executablePath)
    throw new Error('Firefox is missing. Run npm run test:firefox, which installs it or says how.')
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: { 'javascript.enabled': javaScriptEnabled, 'intl.accept_languages': 'ja' },
  })
}

const IN_PAGE = readFileSync(resolve(import.meta.dirname, 'in-page.js'), 'utf8')

/**
 * A person at the page: looks, points, types. Every look is one question answered at once, as a page without scripts has
 * no timers that could wait; the waiting is done out here.
 */
export class Person {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url, { waitUntil: 'load' })
  }

  /** Types into the field of that label, in place of what is there. */
  async fill(label: string, text: string): Promise<void> {
    await this.ask('focusOn', label)
    await this.page.keyboard.down('Control')
    await this.page.keyboard.press('a')
    await this.page.keyboard.up('Control')
    await this.page.keyboard.press('Backspace')
    await this.page.keyboard.type(text)
  }

  /** Points at a choice, a link or a button by its words, once it stands still: a choice can move what follows it. */
  async press(words: string): Promise<void> {
    let place = await this.placeOf(words)
    await this.until(`${words} standing still`, async () => {
      const before = place
      place = await this.placeOf(words)
      return before.x === place.x && before.y === place.y
    })
    await this.page.mouse.click(place.x, place.y)
  }

  /** The same, and waits until another page is there. */
  async follow(words: string): Promise<void> {
    await this.ask('markPage')
    await this.press(words)
    await this.until(`a page after ${words}`, () => this.ask('isAnotherPage'))
  }

  /** Chooses from the list by typing the option's beginning, as keyboards do. */
  async choose(label: string, option: string): Promise<void> {
    await this.ask('focusOn', label)
    await this.page.keyboard.type(option)
    await this.page.keyboard.press('Enter')
    await this.until(`${option} chosen`, async () =>
      (await this.ask<string>('chosenIn', label)).includes(option),
    )
  }

  heading(): Promise<string> {
    return this.ask('textOf', 'h1')
  }

  text(): Promise<string> {
    return this.ask('textOf', 'main')
  }

  async until(what: string, holds: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      // Between two pages there is nothing to look at.
      await new Promise((resolve) => setTimeout(resolve, 100))
      if (await holds().catch(() => false)) return
    }
    throw new Error(`Firefox never came to: ${what}. It shows: ${await this.text()}`)
  }

  private placeOf(words: string): Promise<{ x: number; y: number }> {
    return this.ask('placeOf', words)
  }

  async ask<Answer>(question: string, words = ''): Promise<Answer> {
    await this.page.evaluate(IN_PAGE)
    return (await this.page.evaluate(`${question}(${JSON.stringify(words)})`)) as Answer
  }
}
