// Runs a WebAssembly program in node: the runner of `cargo test --target wasm32-wasip1`.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [file, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", args: [file, ...args], env: process.env });
const module = await WebAssembly.compile(await readFile(file));
process.exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));
