// SPDX-License-Identifier: BSD-2-Clause
// The worker: two photographs in, readings and reports out.  It ends with its
// page, or when that stops it; nothing of a photograph is left then.
"use strict";
const FORMATS = {json: 1, csv: 2, html: 3};
const CANNOT_READ = [4, 7]; // "format", "unsupported"

function fail(m, work) {
  throw new Error(m.UTF8ToString(m._work_error(work)));
}

function moved(m, bytes, use) {
  const at = m._malloc(bytes.length);
  if (!at)
    throw new Error("out of memory");
  m.HEAPU8.set(bytes, at);
  const status = use(at);
  m._free(at);
  return status;
}

// What cutis cannot read may be a picture that the browser can: its pixels.
async function decoded(file) {
  const picture = await createImageBitmap(file, {colorSpaceConversion:
    "default", imageOrientation: "from-image"});
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d", {colorSpace: "srgb"});
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, picture.width, picture.height);
}

async function load(m, work, which, file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let status = moved(m, bytes, (at) =>
    m._work_load(work, which, at, bytes.length));
  if (!status)
    return;
  const why = m.UTF8ToString(m._work_error(work));
  let pixels = null;
  if (CANNOT_READ.includes(status))
    pixels = await decoded(file).catch(() => null);
  if (!pixels)
    throw new Error(why);
  status = moved(m, pixels.data, (at) =>
    m._work_load_pixels(work, which, at, pixels.width, pixels.height));
  if (status)
    fail(m, work);
}

async function run(asked) {
  const m = await cutis({wasmBinary: asked.wasm, printErr: () => {}});
  let part = 0; // before, after, comparison
  m.tell = (done) => postMessage({done: (part + done) / 3});
  const work = m._work_open();
  if (!work)
    throw new Error("out of memory");
  for (const file of [asked.before, asked.after]) {
    postMessage({photo: part});
    await load(m, work, part, file);
    part++;
  }
  postMessage({photo: -1});
  if (m.ccall("work_compare", "number",
    ["number", "string", "number", "string", "number"],
    [work, asked.preset, asked.days, asked.language, asked.cover]))
    fail(m, work);
  const made = {};
  for (const [name, format] of Object.entries(FORMATS)) {
    if (m._work_write(work, format))
      fail(m, work);
    const at = m._work_bytes(work);
    made[name] = m.HEAPU8.slice(at, at + m._work_size(work));
  }
  m._work_close(work);
  postMessage({made});
}

onmessage = (event) => run(event.data).catch((error) =>
  postMessage({wrong: error.message || String(error)}));
