// A zip of one file, stored as it is (APPNOTE 6.3, sections 4.3.7 to 4.3.16).

const POLYNOMIAL = 0xedb88320;
const UTF8_NAMES = 0x0800;
/** The first of January 1980: archives of the same text are the same. */
const DATE = 0x0021;

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers of 2 and 4 bytes, little-endian: `[[2, value], [4, value]]`. */
function record(fields) {
  const bytes = new DataView(new ArrayBuffer(fields.reduce((sum, [width]) => sum + width, 0)));
  let at = 0;
  for (const [width, value] of fields) {
    width === 2 ? bytes.setUint16(at, value, true) : bytes.setUint32(at, value, true);
    at += width;
  }
  return bytes.buffer;
}

/** The archive as a Blob. */
export function zip(fileName, text) {
  const name = new TextEncoder().encode(fileName);
  const content = new TextEncoder().encode(text);
  const common = [
    [2, 20], [2, UTF8_NAMES], [2, 0], [2, 0], [2, DATE], [4, crc32(content)], [4, content.length], [4, content.length],
    [2, name.length], [2, 0],
  ];
  const local = record([[4, 0x04034b50], ...common]);
  const central = record([[4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, 0]]);
  const start = local.byteLength + name.length + content.length;
  const end = record([
    [4, 0x06054b50], [2, 0], [2, 0], [2, 1], [2, 1], [4, central.byteLength + name.length], [4, start], [2, 0],
  ]);
  return new Blob([local, name, content, central, name, end], { type: "application/zip" });
}
