import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { engineWasm } from './build/engine-wasm.ts'
import { precompress } from './build/precompress.ts'
import { serviceWorker } from './build/service-worker.ts'

// Where the Attune server listens while the web app is served by Vite itself.
const server = process.env['ATTUNE_SERVER'] ?? 'http://127.0.0.1:8080'
const toServer = { target: server, changeOrigin: false }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), engineWasm(), serviceWorker(), precompress()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2022', 'chrome105', 'firefox110', 'safari16'],
    sourcemap: false,
    // The content security policy takes fonts, styles and scripts from this origin only, so nothing becomes a data: address.
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // The form engine's WebAssembly glue holds an eval that the content security policy never lets run.
    rolldownOptions: { checks: { eval: false, bundlerTimings: false, pluginTimings: false } },
  },
  server: { port: 5173, proxy: { '/api': toServer, '/submission': toServer } },
  preview: { port: 4173, proxy: { '/api': toServer, '/submission': toServer } },
})
