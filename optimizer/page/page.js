"use strict";
// What the page can do where scripts run: words for every bar by pointer and key, filters, a slider over the weeks.
// Nothing is fetched; without this script the page is whole.
(() => {
const SVG = "http://www.w3.org/2000/svg";
const one = (what, where = document) => where.querySelector(what);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const make = (tag, attributes, parent) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return parent.appendChild(made);
};
all("[data-live]").forEach(x => { x.hidden = false; });

// 1. Words: titles become names, so that pointers, fingers and keys are told the same, once.
const tip = one("#tip");
let told = null;
function tell(spot) {
  told = spot;
  tip.textContent = spot.getAttribute("aria-label");
  tip.hidden = false;
  const at = spot.getBoundingClientRect(), wide = document.documentElement.clientWidth;
  const left = Math.max(4, Math.min(at.left + at.width / 2 - tip.offsetWidth / 2, wide - tip.offsetWidth - 4));
  const above = at.top - tip.offsetHeight - 6;
  tip.style.left = left + "px";
  tip.style.top = (above > 0 ? above : at.bottom + 6) + "px";
}
function hush() { told = null; tip.hidden = true; }
function seen(picture) {
  return all(".say rect", picture).filter(x => x.style.display !== "none").map(x => [x, x.getBoundingClientRect()])
    .sort(([, a], [, b]) => Math.abs(a.bottom - b.bottom) > 2 ? a.bottom - b.bottom : a.left - b.left);
}
function next(picture, spot, key) {
  const spots = seen(picture), n = spots.findIndex(([x]) => x === spot), last = spots.length - 1;
  if (key === "ArrowRight") return spots[Math.min(n + 1, last)][0];
  if (key === "ArrowLeft") return spots[Math.max(n - 1, 0)][0];
  if (key === "Home") return spots[0][0];
  if (key === "End") return spots[last][0];
  const here = spots[n][1], down = key === "ArrowDown" ? 1 : -1;
  const far = at => [down * (at.bottom - here.bottom), Math.abs(at.left - here.left)];
  const rows = spots.map(([x, at]) => [x, ...far(at)]).filter(([, y]) => y > 2);
  rows.sort((a, b) => Math.abs(a[1] - b[1]) > 2 ? a[1] - b[1] : a[2] - b[2]);
  return rows.length ? rows[0][0] : spot;
}
function stop(picture, spot) {
  all('.say rect[tabindex="0"]', picture).forEach(x => x.setAttribute("tabindex", "-1"));
  if (spot) spot.setAttribute("tabindex", "0");
}
for (const picture of all("svg")) {
  const spots = all(".say rect", picture);
  if (!spots.length) continue;
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-describedby", "arrows");
  for (const spot of spots) {
    const title = one("title", spot);
    spot.setAttribute("role", "img");
    spot.setAttribute("aria-label", title.textContent);
    spot.setAttribute("tabindex", "-1");
    title.remove();
  }
  stop(picture, spots[0]);
  const of = event => event.target.closest(".say rect");
  picture.addEventListener("pointerover", event => { if (of(event)) tell(of(event)); });
  picture.addEventListener("pointerout", event => { if (event.pointerType !== "touch") hush(); });
  picture.addEventListener("click", event => { if (of(event)) tell(of(event)); });
  picture.addEventListener("focusin", event => { if (of(event)) { stop(picture, of(event)); tell(of(event)); } });
  picture.addEventListener("focusout", hush);
  picture.addEventListener("keydown", event => {
    if (!of(event) || !["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    next(picture, of(event), event.key).focus();
  });
}
document.addEventListener("keydown", event => { if (event.key === "Escape") hush(); });
document.addEventListener("pointerdown", event => { if (!event.target.closest(".say rect")) hush(); });
addEventListener("scroll", () => { if (told) tell(told); }, { passive: true });

// 2. Filters: rows of tables are hidden; pictures are shown in strips, those of the rows that fit, one below another.
const picks = all("#filters select"), words = one("#kept");
let named = 0;
function strips(picture, fits) {
  const old = one("g.strips", picture);
  if (old) {
    picture.prepend(one("defs > g", picture));
    one("defs", picture).remove();
    old.remove();
    all(".say rect", picture).forEach(x => { x.style.display = ""; x.removeAttribute("transform"); });
    picture.setAttribute("viewBox", picture.dataset.box);
  }
  if (!fits) { picture.style.display = ""; return; }
  picture.dataset.box = picture.getAttribute("viewBox");
  const width = Number(picture.dataset.box.split(" ")[2]), rows = picture.dataset.rows.split(";").map(r => r.split(","));
  const kept = rows.map(([y, h, by]) => [Number(y), Number(h), by === "*" || fits(by)]);
  const any = rows.some(([, , by], n) => by !== "*" && kept[n][2]);
  picture.style.display = any ? "" : "none";
  if (!any) return;
  const whole = picture.firstElementChild, name = picture.dataset.name ||= "drawn" + named++;
  whole.id = name;
  make("defs", {}, picture).append(whole);
  const group = make("g", { class: "strips", "aria-hidden": "true" }, picture);
  picture.insertBefore(group, one(".say", picture));
  const spots = all(".say rect", picture).map(x => [x, Number(x.getAttribute("y")) + 0.2]);
  let top = 0;
  for (const [y, h, keep] of [[0, kept[0][0], true], ...kept]) {
    for (const [x, down] of spots) {
      if (down < y || down >= y + h) continue;
      x.style.display = keep ? "" : "none";
      x.setAttribute("transform", `translate(0,${top - y})`);
    }
    if (!keep) continue;
    const strip = make("svg", { y: top, width, height: h, viewBox: `0 ${y} ${width} ${h}` }, group);
    strip.style.cssText = `width:${width}px;height:${h}px;margin:0;max-width:none`;
    make("use", { href: "#" + name }, strip);
    top += h;
  }
  picture.setAttribute("viewBox", `0 0 ${width} ${top + 2}`);
}
function filter() {
  hush();
  const asked = picks.filter(x => x.value);
  let shown = 0, whole = 0;
  for (const part of all("[data-by]")) {
    const wanted = asked.filter(x => part.dataset.by.includes(x.name)).map(x => x.value);
    const fits = wanted.length ? by => wanted.every(x => by.split(" ").includes(x)) : null;
    if (part.dataset.rows) {
      strips(part, fits);
      const spot = seen(part)[0];
      stop(part, spot && spot[0]);
      continue;
    }
    const rows = all("tr[data-f]", part);
    rows.forEach(row => { row.hidden = fits ? !fits(row.dataset.f) : "more" in row.dataset; });
    shown += rows.filter(row => !row.hidden).length;
    whole += rows.length;
    part.classList.toggle("bare", rows.length > 0 && rows.every(row => row.hidden));
  }
  const names = asked.map(x => x.selectedOptions[0].textContent).join(", ");
  words.textContent = names ? `Shown: ${names}; ${shown} of ${whole} rows of the lists.` : "";
}
picks.forEach(x => x.addEventListener("change", filter));
one("#unfilter").addEventListener("click", () => { picks.forEach(x => { x.value = ""; }); filter(); });

// 3. The week on the map.
const data = JSON.parse(one("#stands").textContent), slider = one("#week"), comma = n => n.toLocaleString("en");
const plural = (n, word) => `${comma(n)} ${word}${n === 1 ? "" : "s"}`;
function at(site, week) {
  const run = site.runs.filter(x => x[0] <= week).pop();
  const [, people, places, handover, who, sets] = run;
  const room = places || people ? comma(places) + (people > places ? ` (hand-over ${comma(handover)})` : "") : "";
  return { people, room, who: data.words[who], sets: sets.map(x => data.words[x]) };
}
function drawn(picture, sites, week) {
  const marks = one(".marks", picture).children, spots = all(".say rect", picture), count = sites.length;
  const large = Number(picture.dataset.large), beside = new Map((data.labels[week] || []).map(x => [x[0], x]));
  sites.forEach(({ site, number, now }, n) => {
    const [disc, digits, flag, sets, label] = [0, 1, 2, 3, 4].map(k => marks[count + 5 * n + k]);
    const used = now.people || now.sets.length, x = Number(disc.getAttribute("cx")), own = picture.dataset.labels && beside.get(n);
    const r = now.people ? Math.max(large * Math.sqrt(now.people / data.most), 2.5) : 0;
    marks[n].setAttribute("r", r.toFixed(1));
    disc.setAttribute("fill", used ? disc.getAttribute("stroke") : "#FFFFFF");
    digits.setAttribute("fill", used ? "#FFFFFF" : disc.getAttribute("stroke"));
    flag.setAttribute("display", now.sets.length ? "inline" : "none");
    sets.textContent = now.sets.length || "";
    label.textContent = own ? own[2] || `${comma(now.people)} ${site.name}` : "";
    label.setAttribute("x", (own && !own[1] ? x - 10 : x + 7 + (now.sets.length ? 9 : 3)).toFixed(1));
    label.setAttribute("text-anchor", own && !own[1] ? "end" : "start");
    const here = now.people ? `${comma(now.people)} people, places ${now.room || 0}` : "nobody there";
    const text = [`${number} ${site.name} (${site.country})`, here, now.who, now.sets.join("; ")].filter(x => x);
    spots[n].setAttribute("aria-label", text.join(" · "));
  });
}
function listed(sites) {
  const body = one("#standing tbody");
  body.replaceChildren();
  for (const { site, number, now } of sites.filter(x => x.now.people || x.now.sets.length)) {
    const row = body.insertRow();
    row.dataset.f = site.by;
    const cells = [["name", `${number} ${site.name}`], ["", site.country],
      ["n", now.people ? comma(now.people) : "", "People"], ["n", now.room, "Places"],
      ["", now.who], ["", now.sets.join("; "), "Sets:"]];
    for (const [look, text, name] of cells) {
      const cell = row.insertCell();
      cell.className = look;
      cell.textContent = text;
      if (name) cell.dataset.l = name;
    }
  }
  const empty = sites.filter(x => !x.now.people && !x.now.sets.length).map(x => `${x.number} ${x.site.name}`);
  one("#empty").textContent = empty.length ? `Empty in that week: ${empty.join(", ")}.` : "";
}
function show(week) {
  const sites = data.sites.map((site, n) => ({ site, number: n + 1, now: at(site, week) }));
  const people = sites.reduce((sum, x) => sum + x.now.people, 0), sets = sites.reduce((n, x) => n + x.now.sets.length, 0);
  const full = week === data.fullest ? ", the one with the most people present" : "";
  one("#said").textContent = `Week of ${data.weeks[week]}${full}: ${comma(people)} people at ` +
    `${plural(sites.filter(x => x.now.people).length, "site")}, ${plural(sets, "set")} standing.`;
  slider.value = week;
  slider.setAttribute("aria-valuetext", `week of ${data.weeks[week]}, ${comma(people)} people`);
  all("#theatre svg").forEach(x => drawn(x, sites.filter(s => s.site.placed), week));
  listed(sites);
  filter();
}
if (data.weeks.length) {
  slider.addEventListener("input", () => show(Number(slider.value)));
  const step = n => () => show(Math.max(0, Math.min(Number(slider.value) + n, data.weeks.length - 1)));
  one("#earlier").addEventListener("click", step(-1));
  one("#later").addEventListener("click", step(1));
  one("#fullest").addEventListener("click", () => show(data.fullest));
  slider.setAttribute("aria-valuetext", `week of ${data.weeks[data.shown]}`);
}
})();
