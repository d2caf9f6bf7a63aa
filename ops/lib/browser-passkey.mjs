// Registers a passkey in Chromium and signs in with it: node browser-passkey.mjs TOOLS_DIR SERVER EMAIL PASSWORD
// Prints a line for each thing that was tried: "ok ..." or "NOT OK ...: why".
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [toolsDir, server, email, password] = process.argv.slice(2);
const { chromium } = createRequire(resolve(toolsDir, "index.js"))("playwright-core");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const context = await browser.newContext();
const page = await context.newPage();
const elsewhere = `http://localhost:${Number(new URL(server).port) + 7}`;
// An empty page of the origin: there is no screen to sign in on yet.
const blank = { contentType: "text/html", body: "<!doctype html><title>empty</title>" };
await context.route(/\/empty-page$/, (route) => route.fulfill(blank));
await context.addInitScript(() => {
  globalThis.bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  globalThis.text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
});
await page.goto(`${server}/empty-page`);

const devtools = await context.newCDPSession(page);
await devtools.send("WebAuthn.enable");
const device = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};
const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
  options: device,
});

let csrf = "";
let failed = 0;

/** Calls the server from inside the page, as a script of ours would. */
function call(verb, path, body) {
  return page.evaluate(
    async ([verb, path, body, csrf]) => {
      const headers = { "X-CSRF-Token": csrf };
      if (body) headers["Content-Type"] = "application/json";
      const answer = await fetch(path, { method: verb, headers, body: body && JSON.stringify(body) });
      const text = await answer.text();
      return { status: answer.status, json: text ? JSON.parse(text) : null };
    },
    [verb, path, body, csrf],
  );
}

function make(options) {
  return page.evaluate(async (options) => {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(options.challenge),
        rp: { id: options.rp_id, name: options.rp_name },
        user: {
          id: bytes(options.user_id),
          name: options.user_name,
          displayName: options.user_display_name,
        },
        pubKeyCredParams: options.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: options.exclude_credentials.map((id) => ({
          type: "public-key",
          id: bytes(id),
        })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
        timeout: options.timeout_ms,
      },
    });
    return {
      client_data: text(made.response.clientDataJSON),
      attestation_object: text(made.response.attestationObject),
    };
  }, options);
}

function sign(options) {
  return page.evaluate(async (options) => {
    const signed = await navigator.credentials.get({
      publicKey: {
        challenge: bytes(options.challenge),
        rpId: options.rp_id,
        userVerification: "required",
        timeout: options.timeout_ms,
      },
    });
    return {
      credential_id: text(signed.rawId),
      user_handle: text(signed.response.userHandle),
      client_data: text(signed.response.clientDataJSON),
      authenticator_data: text(signed.response.authenticatorData),
      signature: text(signed.response.signature),
    };
  }, options);
}

async function challenge() {
  const answer = await fetch(`${server}/api/v1/passkeys/challenge`, { method: "POST" });
  assert.equal(answer.status, 200);
  return answer.json();
}

/** From outside the browser: what somebody would send who got hold of these words. */
async function send(assertion) {
  const answer = await fetch(`${server}/api/v1/passkeys/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(assertion),
  });
  return { status: answer.status, json: await answer.json() };
}

async function step(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`NOT OK ${name}: ${String(error.message ?? error).split("\n")[0]}`);
  }
}

let account = "";
let last;

await step("a person signs in by password", async () => {
  const session = await call("POST", "/api/v1/sessions", { email, password });
  assert.equal(session.status, 200, JSON.stringify(session.json));
  csrf = session.json.csrf_token;
  account = session.json.account_id;
  const cookies = await context.cookies(server);
  const cookie = cookies.find(({ name }) => name === "__Host-aragora");
  assert.ok(cookie?.secure && cookie.httpOnly, "Chromium keeps the __Host- cookie on localhost");
});

await step("the browser makes a passkey and the server keeps it", async () => {
  const options = await call("POST", "/api/v1/me/passkeys/options");
  assert.equal(options.status, 200, JSON.stringify(options.json));
  const made = { name: "virtual", ...(await make(options.json)) };
  const kept = await call("POST", "/api/v1/me/passkeys", made);
  assert.equal(kept.status, 201, JSON.stringify(kept.json));
  const again = await call("POST", "/api/v1/me/passkeys", made);
  assert.equal(again.status, 422, "the same registration counts once");
});

await step("a device that has one is not asked to make another", async () => {
  const options = await call("POST", "/api/v1/me/passkeys/options");
  await assert.rejects(make(options.json), /InvalidStateError/);
});

await step("the passkey signs the person in without a password", async () => {
  await context.clearCookies();
  assert.equal((await call("GET", "/api/v1/me")).status, 401);
  const options = await call("POST", "/api/v1/passkeys/challenge");
  last = await sign(options.json);
  const session = await call("POST", "/api/v1/passkeys/sign-in", last);
  assert.equal(session.status, 200, JSON.stringify(session.json));
  assert.equal(session.json.account_id, account);
  csrf = session.json.csrf_token;
  assert.equal((await call("GET", "/api/v1/me")).status, 200);
});

await step("the same assertion is refused when it comes again", async () => {
  assert.equal((await send(last)).status, 401);
});

await step("an assertion for another origin is refused", async () => {
  const options = await challenge();
  await page.goto(`${elsewhere}/empty-page`);
  const phished = await sign(options);
  await page.goto(`${server}/empty-page`);
  const { origin } = JSON.parse(Buffer.from(phished.client_data, "base64url").toString());
  assert.equal(origin, elsewhere, "the browser tells the truth");
  assert.equal((await send(phished)).status, 401);
});

await step("a copy of the device is refused once its counter is behind", async () => {
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  await devtools.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
  const copy = await devtools.send("WebAuthn.addVirtualAuthenticator", { options: device });
  await devtools.send("WebAuthn.addCredential", {
    authenticatorId: copy.authenticatorId,
    credential: { ...credentials[0], signCount: 0 },
  });
  assert.equal((await send(await sign(await challenge()))).status, 401);
  await devtools.send("WebAuthn.removeVirtualAuthenticator", copy);
  const right = await devtools.send("WebAuthn.addVirtualAuthenticator", { options: device });
  await devtools.send("WebAuthn.addCredential", {
    authenticatorId: right.authenticatorId,
    credential: { ...credentials[0], signCount: credentials[0].signCount + 5 },
  });
  assert.equal((await send(await sign(await challenge()))).status, 200, "the device itself is not");
});

await step("a passkey that was removed signs nobody in", async () => {
  const { json } = await call("GET", "/api/v1/me/passkeys");
  assert.equal(json.items.length, 1);
  const removed = await call("DELETE", `/api/v1/me/passkeys/${json.items[0].id}`);
  assert.equal(removed.status, 204, JSON.stringify(removed.json));
  assert.equal((await send(await sign(await challenge()))).status, 401);
});

await browser.close();
process.exitCode = failed > 0 ? 1 : 0;
