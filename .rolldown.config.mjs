// Puts the command line and the library into few files: two hundred small ones take longer to load than two configurations to judge.
// Packages stay packages.
import { defineConfig } from 'rolldown'

export default defineConfig({
  input: { main: 'src/main.ts', api: 'src/api.ts' },
  platform: 'node',
  external: /^[^./]/,
  output: { dir: 'dist/bin', format: 'esm', cleanDir: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
})
