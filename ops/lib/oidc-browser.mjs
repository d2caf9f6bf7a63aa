// A browser without a window that signs in elsewhere: node oidc-browser.mjs SERVER PROVIDER CASE [ACCOUNT_ID]
// Follows redirects by itself, so that it can come back twice, or in another browser's place.
import assert from "node:assert/strict";

const [server, provider, wanted, account] = process.argv.slice(2);

/** Cookies of each origin, as browsers keep them. */
class Browser {
  #jar = new Map();

  async get(url) {
    const { origin } = new URL(url);
    const kept = this.#jar.get(origin) ?? new Map();
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: cookie ? { cookie } : {} });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/expires=Thu, 01 Jan 1970/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    this.#jar.set(origin, kept);
    return answer;
  }

  /** Goes where it is sent until somebody answers otherwise, or sends it back to our server. */
  async follow(url) {
    let at = url;
    for (let hops = 0; hops < 12; hops++) {
      const answer = await this.get(at);
      const next = answer.headers.get("location");
      if (answer.status < 300 || answer.status > 399 || !next) {
        throw new Error(`stopped at ${at}: ${answer.status} ${await answer.text()}`);
      }
      at = new URL(next, at).href;
      if (at.startsWith(`${server}/api/v1/oidc/callback`)) return at;
    }
    throw new Error(`redirected too often: ${at}`);
  }
}

async function leave(browser, who) {
  const chosen = await fetch(`${provider}/now`, { method: "POST", body: who });
  assert.equal(chosen.status, 204);
  return browser.follow(`${server}/api/v1/oidc/start`);
}

async function end(browser, callback, status) {
  const answer = await browser.get(callback);
  const said = await answer.json();
  console.log(answer.status, JSON.stringify({ ...said, csrf_token: undefined }));
  assert.equal(answer.status, status);
  return said;
}

async function isLetIn(who) {
  const browser = new Browser();
  const session = await end(browser, await leave(browser, who), 200);
  assert.equal(session.account_id, account);
  const me = await browser.get(`${server}/api/v1/me`);
  assert.equal(me.status, 200, "the session's cookie counts");
}

async function isRefused(who, status) {
  const browser = new Browser();
  await end(browser, await leave(browser, who), status);
  assert.equal((await browser.get(`${server}/api/v1/me`)).status, 401);
}

const cases = {
  "signs-in": () => isLetIn("anna"),
  "by-subject": () => isLetIn("renamed"),
  usurper: () => isRefused("usurper", 403),
  unverified: () => isRefused("unverified", 403),
  unknown: () => isRefused("unknown", 403),
  async replay() {
    const browser = new Browser();
    const callback = await leave(browser, "anna");
    await end(browser, callback, 200);
    await end(browser, callback, 401);
  },
  async "other-browser"() {
    const callback = await leave(new Browser(), "anna");
    const victim = new Browser();
    await end(victim, callback, 401);
    await victim.get(`${server}/api/v1/oidc/start`);
    await end(victim, callback, 401);
  },
  async "changed-code"() {
    const browser = new Browser();
    const callback = new URL(await leave(browser, "anna"));
    callback.searchParams.set("code", "A".repeat(43));
    await end(browser, callback.href, 401);
  },
  async "other-issuer"() {
    const browser = new Browser();
    const callback = new URL(await leave(browser, "anna"));
    assert.equal(callback.searchParams.get("iss"), provider, "this provider names itself");
    callback.searchParams.set("iss", "https://evil.example");
    await end(browser, callback.href, 401);
  },
};

await cases[wanted]();
