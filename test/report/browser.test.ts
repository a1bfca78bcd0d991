import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderHtml } from '../../layers/quality/report/index.ts';
import { outcomes, unlabelled } from './model-reports.ts';
import { calm, hostile, november, unreadable } from './reports.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run',
  '--disable-background-networking --disable-component-update --disable-sync',
].flatMap((line) => line.split(' '));
const ALL = { november, calm, unreadable, hostile, outcomes, unlabelled, ofFour };

function ofFour(): Report {
  const report = outcomes();
  const classes = ['low', 'medium', 'high', 'default'];
  report.performance!.confusion = { classes, cells: classes.map((_, i) => [400 + i, 300, 20, 10]), baseline: null };
  return report;
}

describe.skipIf(!existsSync(CHROMIUM))(`the page in a browser (skipped where there is no ${CHROMIUM})`, { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-page-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: keyof typeof ALL, width: number): Promise<{ page: Page; complaints: string[] }> {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, renderHtml(ALL[name]()));
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on(
      'request',
      (request) => request.url().startsWith('file:') || request.url().startsWith('data:') || complaints.push(request.url()),
    );
    await page.goto(`file://${file}`);
    return { page, complaints };
  }

  it.each(Object.keys(ALL) as (keyof typeof ALL)[])('is quiet, and never wider than 360 pixels with everything open: %s', async (name) => {
    const { page, complaints } = await open(name, 360);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('opens a column by keyboard, and by its link from a finding', async () => {
    const { page } = await open('november', 1280);
    const income = page.locator('details.column').first();
    await income.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await income.evaluate(isOpen)).toBe(true);
    await page.keyboard.press('Space');
    expect(await income.evaluate(isOpen)).toBe(false);
    await page.locator('.finding a').first().press('Enter');
    await page.waitForFunction('document.querySelector("details.column").open');
    await page.close();
  });

  it.each([1000, 1280])('shows all of a matrix of four classes at %i pixels', async (width) => {
    const { page } = await open('ofFour', width);
    const [shown, all] = await page.evaluate<[number, number]>(
      '(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth])(document.querySelector(".confusion").parentElement)',
    );
    expect(all).toBeLessThanOrEqual(shown);
    await page.close();
  });

  it('capitalises the first letter of no name of the data', async () => {
    const { page } = await open('outcomes', 1280);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await page.locator('.clarify thead bdi').count()).toBeGreaterThan(0);
    expect(await page.evaluate(CAPITALISED)).toEqual([]);
    await page.close();
  });

  it('prints with everything open', async () => {
    const { page } = await open('calm', 1000);
    const height = (): Promise<number> => page.locator('details.column .inside').first().evaluate(shownHeight);
    expect(await height()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await height()).toBeGreaterThan(100);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has text that stands out by WCAG AA: %s', async (colorScheme) => {
    for (const name of ['november', 'outcomes'] as const) {
      const { page } = await open(name, 1280);
      await page.emulateMedia({ colorScheme });
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await page.evaluate(WEAK)).toEqual([]);
      await page.close();
    }
  });
});

type Shown = { open: boolean; offsetHeight: number; checkVisibility(): boolean };
const isOpen = (node: unknown): boolean => (node as Shown).open;
const shownHeight = (node: unknown): number => ((node as Shown).checkVisibility() ? (node as Shown).offsetHeight : 0);

/** Names of the data in blocks whose first letter the style makes a capital. */
const CAPITALISED = `[...document.querySelectorAll('bdi')].filter((name) => {
  for (let at = name; at; at = at.parentElement) if (getComputedStyle(at, '::first-letter').textTransform !== 'none') return true;
  return false;
}).map((name) => name.textContent)`;

/** Texts whose contrast with what is behind them is below 4.5. */
const WEAK = `(() => {
  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return { rgb: [r, g, b], a }; };
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (node) => { for (let at = node; at; at = at.parentElement) { const { rgb, a } = parse(getComputedStyle(at).backgroundColor); if (a === 1) return rgb; } return [255, 255, 255]; };
  const weak = new Set();
  for (const node of document.querySelectorAll('body *')) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const style = getComputedStyle(node);
    const colour = parse(node.closest('svg') ? style.fill : style.color).rgb;
    const [a, b] = [light(colour), light(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.add(node.tagName + '.' + (node.getAttribute('class') ?? '') + ' ' + node.textContent.slice(0, 20));
  }
  return [...weak];
})()`;
