// The guides' pictures, taken anew: a guide that names a page which is gone, or
// words that no longer stand there, fails here. Nothing is compared by pixels.
//
// Pictures are left in out/guides/; with ASPIRE_RENEW=1 they also replace those
// that are committed in assets/guides/.
import { strict as assert } from 'node:assert'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { address, be } from './demo.mjs'
import { checkPage, launch, open, visit } from './harness.mjs'

const here = (path) => fileURLToPath(new globalThis.URL(path, import.meta.url))
const GUIDES = here('../docs/guides/')
const COMMITTED = here('../assets/guides/')
const OUT = here('out/guides/')
const MOST_BYTES = 60 * 1024
const WIDTH = 760

/** What a guide says of its pictures: name, role, page, words. */
function pictures (text) {
  return [...text.matchAll(/^<!-- picture: (.+?) \| (.+?) \| (.+?) \| (.+?) -->$/gm)]
    .map(([, name, role, path, words]) => ({ name, role, path, words }))
}

/** From the top of the page's own part, as much as a reader sees at once. */
async function take (page, path) {
  await page.setViewportSize({ width: WIDTH, height: 900 })
  const { y, height } = await page.locator('main').boundingBox()
  for (const most of [640, 520, 420, 320]) {
    const clip = { x: 0, y: Math.max(0, y - 10), width: WIDTH, height: Math.min(height + 20, most) }
    await page.screenshot({ path, clip, fullPage: true })
    if (statSync(path).size <= MOST_BYTES) return
  }
  assert.fail(`${path} is larger than ${MOST_BYTES} bytes`)
}

let browser
before(async () => {
  browser = await launch()
  mkdirSync(OUT, { recursive: true })
})
after(async () => { await browser?.close() })

const files = readdirSync(GUIDES).filter((name) => name.endsWith('.md'))

test('every role has its guide', () => { assert.ok(files.length >= 10) })

for (const file of files) {
  const text = readFileSync(join(GUIDES, file), 'utf8')
  test(`the guide ${file} shows pages as they are`, async () => {
    const all = pictures(text)
    assert.ok(all.length > 0)
    for (const { name, role, path, words } of all) {
      const { page, close } = await visit(browser)
      try {
        await be(page, role)
        const answer = await open(page, await address(page, path))
        assert.equal(answer.status(), 200, path)
        const main = await page.locator('main').innerText()
        assert.ok(main.includes(words), `${file}: ${path} says ‘${words}’, but not here:\n${main.slice(0, 400)}`)
        await take(page, join(OUT, `${name}.png`))
        if (process.env.ASPIRE_RENEW) copyFileSync(join(OUT, `${name}.png`), join(COMMITTED, `${name}.png`))
      } finally {
        await close()
      }
    }
    const { page, close } = await visit(browser)
    try {
      await open(page, `/help/${file.replace(/\.md$/, '')}`)
      await checkPage(page)
      const shown = await page.locator('main img').evaluateAll((all) => all.map((one) => {
        one.loading = 'eager'
        return one.getAttribute('src').split('/').pop()
      }))
      assert.deepEqual(shown, all.map(({ name }) => `${name}.png`))
    } finally {
      await close()
    }
  })
}
