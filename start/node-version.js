/**
 * Before anything else is read: a Node that is too old says which one is needed, in one line. JavaScript, and plain, as every Node
 * has to understand it. `npm ci` brings one along for the npm scripts; `npm ci --omit=dev` does not.
 */
const OLDEST = 24

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Node.js ${OLDEST}以降が必要です（今のNode.jsは${process.versions.node}、${process.execPath}）。Node.jsを新しくするか、「npm ci」（--omit=devを付けない）で必要なNode.jsを入れてください。\n`,
  )
  // `node` of START_CODES.
  process.exit(3)
}
