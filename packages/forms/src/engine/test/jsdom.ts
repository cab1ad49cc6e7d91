import { JSDOM } from 'jsdom'
import { lendPage } from '../lend-page.ts'

// A test that imports this file before it opens a form runs the real engine in Node.
lendPage(new JSDOM('<!doctype html><html></html>').window)
