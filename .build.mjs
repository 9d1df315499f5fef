// Puts the command line and the library into few files: two hundred small ones take longer to load than two configurations to judge.
// Packages stay packages.
import { chmodSync } from 'node:fs'
import { build } from 'rolldown'

const dir = 'dist/src'
await build({
  input: { main: 'src/main.ts', api: 'src/api.ts' },
  platform: 'node',
  logLevel: 'warn',
  external: /^[^./]/,
  output: { dir, format: 'esm', cleanDir: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
})
chmodSync(`${dir}/main.js`, 0o755)
