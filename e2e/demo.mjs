// Being somebody of the demo: one click on the sign-in page, and the addresses of
// what that person has.
import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { ADMIN, open } from './harness.mjs'

export const PROGRAMME = '/programmes/invented-northbridge-partnership'

/** Signs in by the button of a role. */
export async function be (page, role) {
  await open(page, '/sign-in')
  await page.locator('main').getByRole('button', { name: new RegExp(`^${role}: `) }).click()
  await page.waitForURL(/\/start$/)
}

/** Everybody of the demo, as `aspire demo --sign-ins` names them. */
export const signIns = () => JSON.parse(spawnSync(process.env.ASPIRE_PROGRAM, ['demo', '--sign-ins'], {
  encoding: 'utf8',
  env: { ...process.env, ASPIRE_ADMIN_EMAIL: ADMIN.email, ASPIRE_ADMIN_PASSWORD: ADMIN.password }
}).stdout)

/** The whole address of a page that is written as of ‘school’ or ‘programme’, or
 * of the school's ‘open’ or ‘agreed’ diagnosis. Where these are is looked up once a visit. */
export async function address (page, path) {
  const [which, ...below] = path.split('/')
  page.found ??= new Map()
  const once = async (what, look) => {
    if (!page.found.has(what)) page.found.set(what, await look())
    return page.found.get(what)
  }
  if (which === 'open' || which === 'agreed') {
    const diagnosis = await once(which, async () => await diagnosisOf(page, which === 'open' ? 'Given alone' : 'Agreed'))
    return [diagnosis, ...below].join('/')
  }
  if (path === 'programme/schools') {
    await open(page, PROGRAMME)
    return await page.locator(`main a[href^="${PROGRAMME}/schools/"]`).first().getAttribute('href')
  }
  if (path.startsWith('programme')) return PROGRAMME + path.slice('programme'.length)
  if (!path.startsWith('school')) return path
  return await once('school', async () => await schoolOf(page)) + path.slice('school'.length)
}

async function diagnosisOf (page, state) {
  await open(page, await address(page, 'school/diagnoses'))
  const item = page.locator('main .govuk-task-list__item').filter({ hasText: state }).first()
  return await item.locator('a').getAttribute('href')
}

async function schoolOf (page) {
  for (const from of ['/adviser', '/start']) {
    await open(page, from)
    const hrefs = await page.locator('main a[href^="/organisations/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    const found = hrefs.map((href) => href.match(/^\/organisations\/\d+/)?.[0]).find(Boolean)
    if (found) return found
  }
  assert.fail('no school to open')
}
