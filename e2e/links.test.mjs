// Nobody is shown a link that does not open: as each role of the demo, from the
// start page on, every link that a page of theirs shows.
import { strict as assert } from 'node:assert'
import { after, before, test } from 'node:test'
import { be } from './demo.mjs'
import { URL, launch, visit } from './harness.mjs'

const ROLES = ['Administrator', 'Programme lead', 'Adviser', 'Headteacher', 'Deputy head', 'Strand lead',
  'Achievement Team leader', 'Teacher', 'Governor', 'Peer reviewer', 'Funder', 'Evaluator']

/** So many pages of one kind are opened; others of it are like them. */
const MOST = 2

/** What everybody sees is looked at by other tests. */
const PUBLIC = /^\/(schools|need-rules|help|api|demo|sources|retention|accessibility|assets|strategies)\b/

/** An address without what names one of many. */
const kind = (path) => path.replace(/\?.*/, '').replace(/\d{10,}/g, 'N').replace(/(strands|statements|mine|cohorts)\/[^/]+/, '$1/N')

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

for (const role of ROLES) {
  test(`every link opens: ${role}`, { timeout: 60_000 }, async () => {
    const { page, close } = await visit(browser)
    try {
      await be(page, role)
      const [known, kinds, todo] = [new Set(['/start']), new Map(), [['/start', 'signing in']]]
      while (todo.length) {
        const [path, from] = todo.shift()
        const answer = await page.request.get(URL + path)
        assert.equal(answer.status(), 200, `${path}, to which ${from} leads`)
        if (!answer.headers()['content-type']?.includes('text/html')) continue
        for (const [, written] of (await answer.text()).matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
          const href = written.replaceAll('&amp;', '&')
          const many = kinds.get(kind(href)) ?? 0
          if (known.has(href) || PUBLIC.test(href) || many >= MOST) continue
          known.add(href)
          kinds.set(kind(href), many + 1)
          todo.push([href, path])
        }
      }
      assert.ok(known.size > 5, `${known.size} pages`)
    } finally {
      await close()
    }
  })
}
