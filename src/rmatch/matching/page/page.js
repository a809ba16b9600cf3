"use strict";
// Everything is there without this: it sorts, searches and opens what the page holds already.
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("list"), search = byId("search"), show = byId("show"), sort = byId("sort"), button = byId("open"), found = byId("found");
  // As people type: without accents, and small.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const pairs = [...list.children].map((element, order) => ({
    element, order,
    fit: Number(element.dataset.fit),
    marks: (element.dataset.marks || "").split(" "),
    mentee: element.querySelector(".mentee b").textContent,
    text: plain(element.firstElementChild.textContent),
  }));
  const names = new Intl.Collator(undefined, { numeric: true });
  const orders = {
    order: (a, b) => a.order - b.order,
    mentee: (a, b) => names.compare(a.mentee, b.mentee),
    low: (a, b) => a.fit - b.fit,
    high: (a, b) => b.fit - a.fit,
  };
  const fits = (pair) => !show.value || (show.value === "weak" ? pair.fit < 50 : pair.marks.includes(show.value));
  let shown = pairs, opened = false;
  const filter = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    shown = pairs.filter((pair) => fits(pair) && words.every((word) => pair.text.includes(word)));
    const there = new Set(shown);
    for (const pair of pairs) pair.element.hidden = !there.has(pair);
    found.textContent = found.dataset.found.replace("#", shown.length);
  };
  search.addEventListener("input", filter);
  show.addEventListener("change", filter);
  sort.addEventListener("change", () => {
    pairs.sort((a, b) => orders[sort.value](a, b) || a.order - b.order);
    list.append(...pairs.map((pair) => pair.element));
  });
  button.addEventListener("click", () => {
    opened = !opened;
    for (const pair of shown) pair.element.open = opened;
    button.textContent = opened ? button.dataset.close : button.dataset.open;
  });
  byId("tools").addEventListener("submit", (event) => event.preventDefault());
  byId("tools").hidden = false;
  filter();
})();
