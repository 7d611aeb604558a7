// A browser to visit Aspire with, and what every visit checks.
import { strict as assert } from 'node:assert'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const URL = process.env.ASPIRE_URL ?? 'http://127.0.0.1:8080'
export const ADMIN = { email: process.env.ADMIN_EMAIL, password: process.env.ADMIN_PASSWORD }
export const SIZES = { 320: { width: 320, height: 640 }, 1280: { width: 1280, height: 900 } }

const OUT = fileURLToPath(new globalThis.URL('out/', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Starts Chromium with a profile of its own; ask the machine for nothing else. */
export async function launch () {
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']
    .find((path) => path && existsSync(path))
  assert.ok(executablePath, 'no Chromium: set CHROMIUM to its path')
  mkdirSync(OUT, { recursive: true })
  const home = mkdtempSync(join(tmpdir(), 'aspire-e2e-'))
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: { ...process.env, HOME: home }
  })
  browser.on('disconnected', () => rmSync(home, { recursive: true, force: true }))
  return browser
}

/** A page of its own: fresh cookies, this size, with or without JavaScript. */
export async function visit (browser, { size = 1280, js = true } = {}) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    javaScriptEnabled: js,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce'
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  page.complaints = []
  page.on('pageerror', (error) => page.complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // A page that is meant to answer 404 or 422 says so in the console as well.
    const about = message.text()
    if (['error', 'warning'].includes(message.type()) && !/status of 4(0[1349]|22)/.test(about)) {
      page.complaints.push(`${message.type()}: ${about}`)
    }
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(URL) && !request.url().startsWith('data:')) {
      page.complaints.push(`asked another site: ${request.url()}`)
    }
  })
  return { page, close: () => context.close() }
}

/** Opens a path and returns the answer. */
export async function open (page, path) {
  return await page.goto(URL + path, { waitUntil: 'load' })
}

/** What holds on every page, whatever it is about. */
export async function checkPage (page, { js = true } = {}) {
  const headings = await page.locator('h1').allInnerTexts()
  assert.equal(headings.length, 1, `one h1, not ${JSON.stringify(headings)}`)
  // innerText has line breaks where a heading wraps in a block of its own.
  const heading = headings[0].replace(/\s+/g, ' ').trim()
  const title = (await page.title()).replace(/^Error: /, '')
  assert.ok(heading && title.startsWith(heading), `the title ‘${title}’ begins with the heading ‘${heading}’`)
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  assert.equal(await page.locator('[style], [onclick], script:not([src])').count(), 0, 'no inline styles, handlers or scripts')
  await checkIds(page)
  await checkOverflow(page)
  // axe is a script: where the page runs none, its twin with JavaScript is checked.
  if (js) await checkAxe(page)
  assert.deepEqual(page.complaints, [], 'the console is quiet')
}

async function checkIds (page) {
  const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => one.id)).catch(() => [])
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  assert.deepEqual(twice, [], 'an id stands once')
}

/** Nothing makes the page scroll sideways; a wide table has a frame of its own. */
async function checkOverflow (page) {
  const [content, window] = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth])
  assert.ok(content <= window, `the page is ${content} px wide in a window of ${window}`)
}

async function checkAxe (page) {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations']
  }), WCAG)
  const said = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 200)}`).join('\n')}`)
  assert.equal(said.length, 0, `axe found:\n${said.join('\n')}`)
}

/** Keeps a picture of the whole page in out/, where somebody wants to look at them, and
 * always of what failed. */
export async function picture (page, name, failed = false) {
  if (!failed && !process.env.ASPIRE_PICTURES) return
  await page.screenshot({ path: join(OUT, `${name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home'}.png`), fullPage: true, caret: 'initial' })
}
