// Copies the fixtures of govuk-frontend that crates/ui compares its markup with
// into crates/ui/tests/fixtures/: one file a fixture, named component.fixture.html.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const wanted = JSON.parse(process.argv[2] ?? 'null') ?? {
  'back-link': ['default'],
  breadcrumbs: ['without the home section'],
  button: ['default', 'secondary', 'warning', 'link', 'start link', 'prevent double click'],
  checkboxes: ['with error message'],
  'date-input': ['with values and name prefix'],
  details: ['default', 'expanded'],
  'error-summary': ['mixed with and without links'],
  'file-upload': ['default', 'with error message and hint'],
  input: ['default', 'with error and hint', 'with width-10 class', 'with label as page heading', 'with suffix'],
  'inset-text': ['default'],
  'notification-banner': ['default', 'with type as success'],
  pagination: ['default', 'with many pages'],
  'password-input': ['default', 'with error message', 'with new-password autocomplete'],
  radios: ['inline', 'with legend as page heading', 'with fieldset and error message'],
  select: ['with hint text and error message'],
  'summary-list': ['no-border', 'with actions'],
  table: ['with head and caption', 'with firstCellIsHeader true'],
  tag: ['default', 'grey'],
  'task-list': ['custom id prefix'],
  textarea: ['with error message', 'with default value'],
  'warning-text': ['default']
}

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const out = at('../crates/ui/tests/fixtures')
await mkdir(out, { recursive: true })
for (const [component, names] of Object.entries(wanted)) {
  const path = `node_modules/govuk-frontend/dist/govuk/components/${component}/fixtures.json`
  const { fixtures } = JSON.parse(await readFile(at(path), 'utf8'))
  for (const name of names) {
    const fixture = fixtures.find((fixture) => fixture.name === name)
    if (!fixture) throw new Error(`${component} has no fixture ‘${name}’, only: ${fixtures.map((f) => f.name).join('; ')}`)
    await writeFile(`${out}/${component}.${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.html`, fixture.html.trim() + '\n')
  }
}
