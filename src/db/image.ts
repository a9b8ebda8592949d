/** By these two bytes of its head a file keeps its changes in a second one, which memory has not. */
const WRITE_VERSION = 18
const READ_VERSION = 19
const ROLLBACK = 1

/** The bytes of a database file as one that lives in memory alone; the bytes themselves are changed. */
export function inMemory(image: Buffer): Buffer {
  image[WRITE_VERSION] = ROLLBACK
  image[READ_VERSION] = ROLLBACK
  return image
}
