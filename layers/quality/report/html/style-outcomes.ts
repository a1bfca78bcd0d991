/** The sections on the model: how right it was, how fair. */
export const OUTCOMES = `
.outcome{padding:20px 24px}
.outcome h3{margin:26px 0 8px;font-size:15px}.outcome figure h3,.halves h3{margin-top:0}
.lead,.line{max-width:86ch;overflow-wrap:anywhere;text-wrap:pretty}.lead+.lead{margin-top:6px;color:var(--muted);font-size:14px}.line{margin-top:16px}
.outcome .scroll+p{margin-top:8px}
.halves{display:grid;grid-template-columns:minmax(0,1.2fr) minmax(0,1fr);gap:24px 40px;margin-top:20px}
.halves>:empty{display:none}.halves>:first-child:has(+:empty){grid-column:1/-1;max-width:640px}.halves:has(.confusion thead th:nth-child(5)){grid-template-columns:minmax(0,1fr)}
.thirds{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:24px 28px;margin-top:28px}
.pairs{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:24px 28px;max-width:720px}
.key.point{width:9px;height:9px;border-radius:50%;background:var(--now);margin-left:10px}figcaption>.key:first-child{margin-left:0}
.even{white-space:nowrap}.now{font-weight:600;white-space:nowrap}.outcome .metrics:not(.wide,.clarify){max-width:680px}.mark{width:30px}.mark .shape{width:18px;height:18px;font-size:11px;vertical-align:middle}
.wide td{white-space:nowrap}.wide .shape{width:16px;height:16px;font-size:10px;vertical-align:1px}
.lines{margin-top:2px}.lines li{padding:5px 0;overflow-wrap:anywhere}.lines b{font-weight:600;display:inline-block}.lines b::first-letter{text-transform:uppercase}
.confusion td{min-width:92px;background:color-mix(in srgb,var(--hue) var(--depth,0%),transparent)}.confusion .right-one{--hue:var(--now)}.confusion .wrong-one{--hue:var(--fail)}
.confusion td,.confusion th{padding:8px 12px;border:1px solid var(--rule)}.confusion b{font-weight:600}.confusion thead th{border:0;padding-block:4px}.confusion.confusion th:first-child{border-left:0;padding-left:0}.confusion tbody tr:last-child>*{border-bottom:1px solid var(--rule)}
.confusion small{color:var(--text)}.confusion .then{display:block;color:var(--muted)}
.confusion.confusion .then{color:var(--text);opacity:1}
.with-bar{display:flex;align-items:center;gap:12px;white-space:nowrap}
.interval{flex:none;width:120px;height:14px;overflow:visible}.interval .axis{stroke:var(--rule);stroke-width:1.5;fill:none}.interval .range{fill:var(--now);opacity:.45}.interval .value{fill:var(--now)}
.interval .bound{stroke:var(--text);stroke-width:1.2;stroke-dasharray:2.5 2;fill:none}.interval .then{stroke:var(--area-line);stroke-width:2.5;fill:none}
.groups :is(th,td){padding-inline:6px}.groups th:first-child{padding-left:0}.groups .interval{width:104px}.groups th[scope=row]{min-width:100px}.groups td:not(.text){white-space:nowrap}.groups thead th{white-space:normal;vertical-align:bottom;min-width:76px}.groups .badge{font-size:12px;padding:0 7px 0 5px;margin-top:2px}.groups.meet{max-width:820px}
.gaps li{display:flex;gap:2px 14px;align-items:center}.gaps .interval{width:140px}.part-1{fill:var(--area-line);background:var(--area-line)}.part-2{fill:var(--now);background:var(--now)}.part-3{fill:var(--warn);background:var(--warn)}.part-4{fill:var(--error)}.gap-keys .key{display:inline-block;margin:0 5px 0 0}.gap-keys .key:not(:first-child){margin-left:8px}.gap-keys .aside{display:block}
.more{margin-top:14px;border-top:1px solid var(--rule);padding-top:12px}.more>summary{cursor:pointer;font-weight:600;font-size:14px}.folded{padding-top:12px}.folded h3:first-child{margin-top:4px}
.clarify{width:auto;min-width:min(100%,420px)}.clarify td{white-space:nowrap}.clarify td small{white-space:normal;min-width:90px}.clarify thead th{white-space:normal;max-width:150px;vertical-align:bottom;overflow-wrap:anywhere}.clarify code{color:var(--muted)}
@media screen and (max-width:860px){.halves,.thirds,.pairs{grid-template-columns:minmax(0,1fr)}:is(.thirds,.pairs) .plot{max-width:360px}}
@media screen and (max-width:560px){.outcome{padding:16px 14px}.interval{width:84px}.gaps li{flex-wrap:wrap}.groups th[scope=row]{min-width:84px}.groups.meet th[scope=row]{min-width:150px}}
@media print{.outcome{padding:10pt 12pt}.confusion.confusion :is(td,th){min-width:0;padding:4pt}.halves{gap:12pt;grid-template-columns:minmax(0,1fr)}.thirds{gap:10pt}.outcome .card,.outcome .halves>div{break-inside:avoid}.outcome.card{break-inside:auto}.interval{width:60px}.more{break-inside:auto}.groups,.wide,.clarify{font-size:7.5pt}.groups small,.wide small,.clarify small{font-size:6.5pt}.groups :is(th,td),.wide :is(th,td),.clarify :is(th,td){padding-inline:3pt;min-width:0}.groups.groups :is(th,td),.wide.wide :is(th,td,small),.clarify.clarify :is(th,td,small){white-space:normal;min-width:0}.groups .interval{width:60px}.with-bar{gap:5px}.wide thead th,.checks thead th{white-space:normal}}`;
