// Runs before every program: prints values as people expect from a console, and takes away what the
// host offers beyond the language.
{
  const MOST_ITEMS = 100;
  const MOST_DEPTH = 4;
  const quoted = (text) => "'" + text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n") + "'";
  const key = (name) => (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : quoted(name));
  const wrap = (open, items, close) => (items.length === 0 ? open + close : open + " " + items.join(", ") + " " + close);

  function list(iterable, size, show) {
    const items = [];
    for (const item of iterable) {
      if (items.length === MOST_ITEMS) {
        items.push("... " + (size - MOST_ITEMS) + " more items");
        break;
      }
      items.push(show(item));
    }
    return items;
  }

  function compound(value, seen) {
    if (seen.includes(value)) return "[Circular]";
    const inner = [...seen, value];
    const show = (item) => shown(item, inner);
    if (value instanceof Error) return value.name + ": " + value.message;
    if (value instanceof Date) return isNaN(value) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise";
    const isArray = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
    if (inner.length > MOST_DEPTH) return isArray ? "[Array]" : "[Object]";
    if (isArray) return wrap("[", list(value, value.length, show), "]");
    if (value instanceof Map) {
      const entries = list(value, value.size, ([k, v]) => show(k) + " => " + show(v));
      return "Map(" + value.size + ") " + wrap("{", entries, "}");
    }
    if (value instanceof Set) return "Set(" + value.size + ") " + wrap("{", list(value, value.size, show), "}");
    const keys = Object.keys(value);
    const name = value.constructor && value.constructor !== Object ? value.constructor.name + " " : "";
    return name + wrap("{", list(keys, keys.length, (k) => key(k) + ": " + show(value[k])), "}");
  }

  function shown(value, seen) {
    if (typeof value === "string") return quoted(value);
    if (typeof value === "bigint") return value + "n";
    if (typeof value === "function") return "[Function: " + (value.name || "anonymous") + "]";
    if (Object.is(value, -0)) return "-0";
    return typeof value === "object" && value !== null ? compound(value, seen) : String(value);
  }

  const line = (values) => values.map((value) => (typeof value === "string" ? value : shown(value, []))).join(" ");
  const log = console.log.bind(console);
  const error = console.error.bind(console);
  const out = (...values) => log(line(values));
  const err = (...values) => error(line(values));
  globalThis.console = { log: out, info: out, debug: out, table: out, dir: out, error: err, warn: err };
  globalThis.print = out;
  for (const name of ["java_invoke", "Javy", "plugin"]) delete globalThis[name];
}
