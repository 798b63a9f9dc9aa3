"use strict"
// An app with the real electron-updater under plain Node: it checks, downloads what it is offered, and says what came
// of it. Its argument and its last line are JSON. What stands here for Electron is its network, its app, and Squirrel.

const { EventEmitter } = require("events")
const http = require("http")
const https = require("https")
const Module = require("module")
const path = require("path")

const { modules, folder, updater, platform, version, settings } = JSON.parse(process.argv[2])
Object.defineProperty(process, "platform", { value: platform })
process.env.APPIMAGE = path.join(folder, "app.AppImage")

const squirrel = Object.assign(new EventEmitter(), { setFeedURL() {}, checkForUpdates() {} })
const load = Module._load
Module._load = (name, ...rest) => (name === "electron" ? { autoUpdater: squirrel } : load(name, ...rest))

const { ElectronHttpExecutor } = require(path.join(modules, "electron-updater/out/electronHttpExecutor.js"))
const updaters = require(path.join(modules, "electron-updater"))

class NodeHttpExecutor extends ElectronHttpExecutor {
  createRequest(options, callback) {
    return (options.protocol === "https:" ? https : http).request(options, callback)
  }

  addRedirectHandlers() {} // Node hands a redirect to the caller as a response, which is dealt with there.
}

const app = {
  version,
  name: "acme-notes",
  isPackaged: false,
  appUpdateConfigPath: path.join(folder, "dev-app-update.yml"),
  userDataPath: path.join(folder, "user-data"),
  baseCachePath: path.join(folder, "cache"),
  whenReady: () => Promise.resolve(),
  relaunch() {},
  quit() {},
  onQuit() {},
}

async function run() {
  const lines = []
  const log = line => lines.push(String(line))
  const client = new updaters[updater](null, app)
  client.httpExecutor = new NodeHttpExecutor()
  client.logger = { info: log, warn: log, error: log, debug: log }
  Object.assign(client, { forceDevUpdateConfig: true, autoDownload: false, autoInstallOnAppQuit: false }, settings)
  const came = { found: null, offered: null, files: [], error: null, lines }
  try {
    const result = await client.checkForUpdates()
    came.offered = result.updateInfo.version
    if (result.isUpdateAvailable) {
      came.found = came.offered
      came.files = await client.downloadUpdate()
    }
  } catch (error) {
    came.error = { code: error.code ?? null, message: error.message }
  }
  return came
}

run().then(came => process.stdout.write(`${JSON.stringify(came)}\n`, () => process.exit(0)))
