// Every public page, on a phone and a screen, with and without JavaScript.
import { strict as assert } from 'node:assert'
import { after, before, describe, test } from 'node:test'
import { SIZES, checkPage, launch, open, picture, visit } from './harness.mjs'

const PAGES = [
  '/',
  '/schools',
  '/schools?q=headcorn',
  '/schools?q=zzzzqqq',
  '/schools/118291',
  '/need-rules',
  '/need-rules/below-good?on=2013-05-01&phase=primary',
  '/need-rules/below-good?on=2013-05-01&phase=primary&authority=Kent',
  '/cohorts',
  '/strategies',
  '/strategies/eef-tl-feedback',
  '/cohorts/naht-aspire-pilot',
  '/imports',
  '/demo/letters',
  '/sign-in',
  '/sign-in/code',
  '/forgotten-password',
  '/retention',
  '/sources',
  '/accessibility',
  '/api',
  '/api/shapes',
  '/help',
  '/help/head',
  '/help/programme-lead'
]

/** Pages that answer something else than 200 to a stranger, and are pages still. */
const ODD = { '/new-password/none': 404, '/nothing-here': 404, '/schools/999999': 404, '/schools/abc': 404 }

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

for (const size of Object.keys(SIZES)) {
  for (const js of [true, false]) {
    describe(`${size} px, ${js ? 'with' : 'without'} JavaScript`, () => {
      // One stranger opens them all: what a page keeps in a browser is looked at by none of these.
      let page, close
      before(async () => { ({ page, close } = await visit(browser, { size, js })) })
      after(async () => { await close?.() })
      const all = [...PAGES.map((path) => [path, 200]), ...Object.entries(ODD)]
      for (const [path, status] of all) {
        test(path, async () => {
          page.complaints.length = 0
          const answer = await open(page, path)
          await picture(page, `${size}-${js ? 'js' : 'nojs'}-${path}`)
          assert.equal(answer.status(), status)
          await checkPage(page, { js })
        })
      }
    })
  }
}

test('the content policy allows nothing inline and nothing from elsewhere', async () => {
  const { page, close } = await visit(browser)
  try {
    const answer = await open(page, '/')
    const policy = answer.headers()['content-security-policy'] ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/)
  } finally {
    await close()
  }
})

test('the style sheet arrives, in our own font', async () => {
  const { page, close } = await visit(browser)
  try {
    await open(page, '/')
    const font = await page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontFamily)
    assert.match(font, /DejaVu Sans/)
    assert.doesNotMatch(font, /GDS/)
  } finally {
    await close()
  }
})
