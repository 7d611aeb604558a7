// Compiles scss/ and js/ into dist/. What it writes is committed, so that
// building Aspire needs no node; `cargo xtask test` compares it with a fresh build.
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const dist = process.env.ASPIRE_DIST ?? here('dist')

const { css } = compile(here('scss/aspire.scss'), {
  style: 'compressed',
  loadPaths: [here('node_modules')],
  quietDeps: true
})
await mkdir(dist, { recursive: true })
// The print font is the screen's; govuk-frontend says so after every rule.
const lean = css.replace(/@media print\{[^{}]*\{font-family:var\(--app-font\)\}\}/g, '')
await writeFile(`${dist}/aspire.css`, lean + '\n')
await copyFile(here('js/aspire.js'), `${dist}/aspire.js`)
await copyFile(here('images/aspire.svg'), `${dist}/aspire.svg`)
