import { OUTCOMES } from './style-outcomes.ts';

const COLOURS = `
:root{color-scheme:light dark;--page:#f5f6f8;--surface:#fff;--text:#18212d;--muted:#556274;--rule:#dde2e9;--accent:#0b5cad;--now:#0b5cad;--area:#c9d0da;--area-line:#7d8a9b;
--pass:#466079;--pass-tint:#e9eff5;--warn:#855600;--warn-tint:#fdf1d6;--fail:#b53611;--fail-tint:#fdeae2;--error:#6c3ea3;--error-tint:#f2eafb;--na:#556274;--na-tint:#edf0f3}
@media (prefers-color-scheme:dark){:root{--page:#10151c;--surface:#19202a;--text:#e6ebf1;--muted:#9eabbc;--rule:#2c3643;--accent:#74b6f5;--now:#74b6f5;--area:#414d5d;--area-line:#7c8a9c;
--pass:#a3bad2;--pass-tint:#233040;--warn:#f2bd55;--warn-tint:#38300f;--fail:#ff9470;--fail-tint:#412117;--error:#c9a7f7;--error-tint:#30244a;--na:#9eabbc;--na-tint:#262f3a}}
@media print{:root{color-scheme:light;--page:#fff;--surface:#fff;--text:#18212d;--muted:#556274;--rule:#dde2e9;--accent:#0b5cad;--now:#0b5cad;--area:#c9d0da;--area-line:#7d8a9b;
--pass:#466079;--pass-tint:#e9eff5;--warn:#855600;--warn-tint:#fdf1d6;--fail:#b53611;--fail-tint:#fdeae2;--error:#6c3ea3;--error-tint:#f2eafb;--na:#556274;--na-tint:#edf0f3}}
.pass{--c:var(--pass);--t:var(--pass-tint)}.warn{--c:var(--warn);--t:var(--warn-tint)}.fail{--c:var(--fail);--t:var(--fail-tint)}.error{--c:var(--error);--t:var(--error-tint)}.not_applicable{--c:var(--na);--t:var(--na-tint)}`;

const BASE = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1080px;margin:0 auto;padding:32px 24px 64px}
h1,h2,h3,p,ul,dl,dd,figure{margin:0;padding:0}
ul{list-style:none}
a{color:var(--accent)}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
small{display:block;font-size:12px;line-height:1.4;font-weight:400;color:var(--muted)}
section{margin-top:40px}
h2{font-size:18px;line-height:1.3;font-weight:650;margin-bottom:12px}
h3{font-size:17px;line-height:1.4;font-weight:600;overflow-wrap:anywhere;text-wrap:pretty}
.count{font-weight:400;color:var(--muted);margin-left:4px}
.name{overflow-wrap:anywhere}
.mute,.none{color:var(--muted)}.small{font-size:13px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.card,.columns{background:var(--surface);border:1px solid var(--rule);border-radius:10px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
i{font-style:normal}
.badge{display:inline-flex;align-items:center;gap:5px;padding:1px 9px 1px 7px;border-radius:99px;background:var(--t);color:var(--c);font-size:13px;font-weight:650;white-space:nowrap}
.shape{display:inline-grid;place-items:center;flex:none;width:22px;height:22px;border-radius:50%;background:var(--t);color:var(--c);font-size:13px;font-weight:700}`;

const HEAD = `
.over{color:var(--muted);font-size:14px;margin-bottom:12px}
.verdict{display:flex;gap:20px;align-items:flex-start}
.verdict .big{flex:none;display:grid;place-items:center;width:60px;height:60px;border-radius:50%;background:var(--c);color:var(--page);font-size:30px;font-weight:700}
h1{font-size:22px;line-height:1.25;font-weight:400;color:var(--muted)}
h1 .word{display:block;font-size:36px;line-height:1.1;font-weight:700;letter-spacing:-.01em;color:var(--c)}
h1 .counts{display:block;margin-top:4px}
.summary{font-size:18px;line-height:1.5;margin-top:12px;max-width:68ch;text-wrap:pretty;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:14px 28px;margin-top:24px;padding-top:18px;border-top:1px solid var(--rule)}
.facts dt,.numbers dt{font-size:12px;color:var(--muted)}
.facts dd{overflow-wrap:anywhere}
.facts.wide{grid-template-columns:1fr;gap:12px;margin:0;padding:0;border:0}
.facts.wide>div{display:grid;grid-template-columns:150px minmax(0,1fr);gap:4px 16px}.facts.wide dt{font-size:14px}
.notes{margin-top:18px;padding-left:18px;list-style:disc;color:var(--muted);font-size:14px;max-width:86ch}
.unreadable{margin-top:20px;padding:14px 18px;border-radius:10px;background:var(--error-tint);overflow-wrap:anywhere}
.unreadable h2{font-size:15px;margin:0 0 4px;color:var(--error)}`;

const FINDINGS = `
.finding{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,400px);gap:16px 32px;padding:20px 24px;margin-bottom:16px;border-left:4px solid var(--c);break-inside:avoid}
.finding.plain{grid-template-columns:minmax(0,1fr)}
.tags{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;margin-bottom:8px;font-size:14px}
.since,.maybe,.also{margin-top:6px;font-size:14px;max-width:64ch;overflow-wrap:anywhere}
.since,.also{color:var(--muted)}
.maybe b{font-weight:600}
.numbers{display:grid;grid-template-columns:repeat(auto-fill,minmax(136px,1fr));gap:14px 20px;margin-top:16px;padding-top:14px;border-top:1px solid var(--rule)}
.numbers dd{font-size:20px;line-height:1.3;font-weight:600}
.numbers dt::first-letter,.metrics th:not(.name,:has(bdi))::first-letter,.checks th[scope=row]::first-letter,.whole th[scope=row]:not(:has(bdi))::first-letter{text-transform:uppercase}
.also{margin-top:14px}
figure{min-width:0}
.plot{display:block;width:100%;max-width:480px;height:auto;font-family:inherit}
.plot text{font-variant-numeric:tabular-nums}
figcaption{display:flex;flex-wrap:wrap;align-items:center;gap:2px 6px;font-size:13px;color:var(--muted);margin-top:6px}
.key{width:16px;height:10px}.key.baseline{background:var(--area);border-top:1px solid var(--area-line)}.key.current{background:var(--now);height:3px;margin-left:10px}
.aside{flex-basis:100%;font-size:12px}
.factors{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1px;background:var(--rule);border:1px solid var(--rule);border-radius:10px;overflow:hidden}
.factors li{display:flex;gap:12px;padding:12px 16px;background:var(--surface)}
.factors b{font-weight:600}.factors .word{color:var(--c);font-size:13px;margin-left:4px}.factors p{font-size:13px;line-height:1.4;color:var(--muted);overflow-wrap:anywhere}`;

const COLUMNS = `
.columns{overflow:hidden}
.row{display:grid;grid-template-columns:22px minmax(120px,1.5fr) minmax(90px,.8fr) 120px 170px 76px 14px;gap:0 20px;align-items:center;padding:9px 16px}
.row.heads{font-size:12px;color:var(--muted);padding:8px 16px}.heads small{display:inline;font-size:12px}
.right{text-align:right}
.column{border-top:1px solid var(--rule)}
.column>summary{cursor:pointer;list-style:none}.column>summary::-webkit-details-marker{display:none}
.column>summary:hover{background:var(--page)}.column>summary:focus-visible{outline-offset:-2px}
.column[open]>summary{background:var(--page)}
.title{font-weight:600;min-width:0}
.type,.missing{font-size:14px}.type em{font-style:normal;color:var(--accent);font-size:13px}
.type{color:var(--muted)}
.drift{display:flex;align-items:center;gap:10px;font-size:14px}
.track{flex:none;width:102px;height:12px;overflow:visible}.track .fill{fill:var(--c)}.track .tick{stroke:var(--text);stroke-width:1.5}.track .soft{stroke:var(--muted);stroke-width:1}
.mini{display:block;width:72px;height:24px}
.open::before{content:"";display:block;width:7px;height:7px;border:solid var(--muted);border-width:0 1.5px 1.5px 0;transform:rotate(45deg) translate(-2px,-2px)}
[open]>summary .open::before{transform:rotate(225deg) translate(-2px,-2px)}
.inside{padding:18px 24px 24px;border-top:1px solid var(--rule);scroll-margin-top:60px}
.pair{display:grid;grid-template-columns:minmax(0,420px) minmax(0,1fr);gap:20px 36px;margin-bottom:18px}
.whole{margin-top:16px}.whole>summary{cursor:pointer;padding:13px 20px;font-weight:600}.whole h3{margin:24px 0 8px;font-size:15px}
.scroll{overflow-x:auto;max-width:100%;position:relative}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:6px 12px 6px 0;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule)}
thead th{font-size:12px;font-weight:400;color:var(--muted);white-space:nowrap}
th:first-child,td:first-child,th[scope=row],td.text,th.text{text-align:left}td.text{min-width:150px}
th+th,th+td,td+td,td+th{padding-left:12px}th[scope=row]{font-weight:500;min-width:120px;overflow-wrap:anywhere}
.checks th:nth-child(2){text-align:left}.checks td{white-space:nowrap}.checks th[scope=row]{min-width:180px;width:99%}.checks th:nth-child(1),.checks td:nth-child(1){min-width:92px}.checks td:nth-child(3),.checks td:nth-child(4){min-width:92px}.checks td:nth-child(5){min-width:190px}.checks td:nth-child(6){min-width:92px}
th:last-child,td:last-child{padding-right:0}
tbody tr:last-child>*{border-bottom:0}
.metrics{font-size:13.5px}.metrics th,.metrics td{padding-block:4px}`;

const NARROW = `
@media screen and (max-width:860px){.finding,.pair{grid-template-columns:minmax(0,1fr)}.factors{grid-template-columns:repeat(2,minmax(0,1fr))}.finding .say{display:contents}.finding figure{order:1}.finding .numbers,.finding .also{order:2;margin-top:0}.finding{gap:10px}.tags,.since,.maybe{margin:0}
.row{grid-template-columns:22px minmax(0,1fr) auto 14px;gap:4px 12px;padding:10px 14px}.row.heads{display:none}
.row .shape{grid-row:1}.row .title{grid-area:1/2}.row .picture{grid-area:1/3;justify-self:end}.row .open{grid-area:1/4}.row .type{display:none}.row .drift{grid-area:2/2;font-size:13px}.row .missing{grid-area:2/3/2/5;font-size:13px;color:var(--muted)}.row .missing .unseen{position:static;clip-path:none;width:auto;height:auto}}
@media screen and (max-width:560px){main{padding:20px 14px 40px}.verdict{gap:14px}.verdict .big{width:44px;height:44px;font-size:22px}h1{font-size:18px}h1 .word{font-size:28px}.summary{font-size:16px}
.facts{grid-template-columns:1fr;gap:10px}.facts:not(.wide)>div{display:grid;grid-template-columns:92px minmax(0,1fr);gap:12px;align-items:baseline}.facts.wide>div{grid-template-columns:1fr}
.finding{padding:14px 14px 16px}.inside{padding:14px}.checks.checks td:first-child{min-width:0}.checks.checks th[scope=row]{min-width:136px}.factors{grid-template-columns:1fr}.numbers{grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}.numbers dd{font-size:18px}.row .track{width:76px;height:9px}}`;

const PRINT = `
@page{size:A4;margin:14mm}
@media print{.checks.checks :is(th,td){min-width:0}body{font-size:9.5pt}table{font-size:8.5pt}.inside{padding:10pt 12pt}.numbers{grid-template-columns:repeat(3,minmax(0,1fr));gap:8pt}.numbers dd{font-size:12pt}.row{grid-template-columns:22px minmax(80px,1.4fr) 80px 108px 150px 72px;gap:0 12px;padding:5pt 12pt}main{max-width:none;padding:0}section{margin-top:18pt}details::details-content{content-visibility:visible!important;display:block!important;block-size:auto!important}
.open{display:none}.card,.column,figure,tr,.factors li{break-inside:avoid}.column{break-inside:auto}.column>summary,.heads,h2,h3{break-after:avoid}.pair{break-inside:avoid}.row .track{width:84px}.columns,.factors{overflow:visible}.scroll{overflow:visible}.pair{grid-template-columns:minmax(0,8cm) minmax(0,1fr)}
.finding{grid-template-columns:minmax(0,1fr) minmax(0,7.2cm);padding:10pt 12pt}.factors{grid-template-columns:repeat(3,minmax(0,1fr))}.badge,.shape,.big,svg,.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}}`;

/** The page's style: variables for both schemes, then each part in the order of the page. */
export const STYLE = [COLOURS, BASE, HEAD, FINDINGS, COLUMNS, OUTCOMES, NARROW, PRINT].join('').replaceAll('\n', '');
