// SPDX-License-Identifier: BSD-2-Clause
// The page: takes two files, hands them to a worker, shows what it made.
"use strict";
const $ = (id) => document.getElementById(id);
const WORDS = {
  en: {loading: ["Reading the photograph before …",
    "Reading the photograph after …"], comparing: "Comparing …",
  stopped: "Stopped.", photo: ["Before: ", "After: "]},
  de: {loading: ["Das Foto vorher wird gelesen …",
    "Das Foto nachher wird gelesen …"], comparing: "Wird verglichen …",
  stopped: "Abgebrochen.", photo: ["Vorher: ", "Nachher: "]},
};
const TYPES = {html: "text/html", json: "application/json", csv: "text/csv"};
const files = [null, null];
let worker = null, made = null, reading = -1;

function words() {
  return WORDS[$("language").value];
}

function say(text, wrong) {
  $("said").textContent = text;
  $("said").className = wrong ? "wrong" : "soft";
}

function idle() {
  if (worker)
    worker.terminate();
  worker = null;
  $("done").hidden = $("stop").hidden = true;
  $("start").disabled = !files[0] || !files[1];
}

function show(which, file) {
  const drop = document.querySelectorAll(".drop")[which];
  const picture = drop.querySelector("img");
  if (picture.src)
    URL.revokeObjectURL(picture.src);
  files[which] = file;
  drop.classList.toggle("full", Boolean(file));
  drop.querySelector("span").hidden = Boolean(file);
  picture.hidden = !file;
  if (file)
    picture.src = URL.createObjectURL(file);
  $("result").hidden = true;
  say("");
  idle();
}

function unpacked() {
  const text = atob($("wasm").textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++)
    bytes[i] = text.charCodeAt(i);
  return bytes;
}

function finish(result) {
  made = result;
  idle();
  say("");
  $("report").srcdoc = new TextDecoder().decode(made.html);
  $("result").hidden = false;
}

function told(event) {
  const message = event.data;
  if (message.done !== undefined)
    $("done").value = message.done;
  if (message.photo !== undefined) {
    reading = message.photo;
    say(reading < 0 ? words().comparing : words().loading[reading]);
  }
  if (message.made)
    finish(message.made);
  if (message.wrong) {
    idle();
    say((reading < 0 ? "" : words().photo[reading]) + message.wrong, true);
  }
}

function start() {
  const url = URL.createObjectURL(new Blob([$("worker").textContent],
    {type: "text/javascript"}));
  const days = $("days").value;
  idle();
  worker = new Worker(url);
  URL.revokeObjectURL(url);
  worker.onmessage = told;
  worker.onerror = (event) => told({data: {wrong: event.message || "?"}});
  reading = -1;
  $("result").hidden = true;
  $("done").value = 0;
  $("done").hidden = $("stop").hidden = false;
  $("start").disabled = true;
  worker.postMessage({wasm: unpacked(), before: files[0], after: files[1],
    preset: $("preset").value, days: days === "" ? -1 : Number(days),
    language: $("language").value, cover: $("cover").checked ? 1 : 0});
}

function save(form) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([made[form]], {type: TYPES[form]}));
  link.download = "comparison." + form;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function speak() {
  const german = $("language").value === "de";
  document.documentElement.lang = $("language").value;
  for (const one of document.querySelectorAll("[data-de]")) {
    one.dataset.en ??= one.textContent;
    one.textContent = german ? one.dataset.de : one.dataset.en;
  }
}

document.querySelectorAll(".drop").forEach((drop, which) => {
  const input = drop.querySelector("input");
  input.onchange = () => show(which, input.files[0] || null);
  drop.ondragover = (event) => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.ondragleave = () => drop.classList.remove("over");
  drop.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0])
      show(which, event.dataTransfer.files[0]);
  };
});
for (const button of document.querySelectorAll("[data-save]"))
  button.onclick = () => save(button.dataset.save);
$("start").onclick = start;
$("stop").onclick = () => {
  idle();
  say(words().stopped);
};
$("language").onchange = speak;
if (navigator.language.startsWith("de"))
  $("language").value = "de";
speak();
