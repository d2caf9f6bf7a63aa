// Serves npm's oidc-provider on loopback: node oidc-provider.mjs TOOLS_DIR PORT CLIENT_SECRET REDIRECT_URI
// Whoever comes is let in as the person that was last chosen by POST /now with their name as the body.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [toolsDir, port, secret, redirect] = process.argv.slice(2);
const { default: Provider } = await import(
  pathToFileURL(createRequire(resolve(toolsDir, "index.js")).resolve("oidc-provider")).href
);

const people = {
  anna: { email: "anna@example.org", email_verified: true, name: "Anna" },
  renamed: { email: "anna.new@example.org", email_verified: false, name: "Anna", id: "anna" },
  usurper: { email: "anna@example.org", email_verified: true, name: "Not Anna" },
  unverified: { email: "anna@example.org", email_verified: false, name: "Perhaps Anna" },
  unknown: { email: "nobody@example.org", email_verified: true, name: "Nobody here" },
};
let now = "anna";

const issuer = `http://localhost:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "aragora",
      client_secret: secret,
      redirect_uris: [redirect],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  // By the letter of the standard: what the scopes ask for is in the user information.
  conformIdTokenClaims: process.env.CLAIMS_IN_ID_TOKEN !== "yes",
  cookies: { keys: ["only for this check"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: async () => ({ ...people[now], id: undefined, sub: id }),
  }),
});

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function interact(context) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(
    context.req,
    context.res,
  );
  if (prompt.name === "login") {
    const accountId = people[now].id ?? now;
    return provider.interactionFinished(context.req, context.res, { login: { accountId } });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(context.req, context.res, { consent });
}

provider.use(async (context, next) => {
  if (context.path === "/now" && context.method === "POST") {
    now = await body(context.req);
    context.status = people[now] ? 204 : 404;
  } else if (context.path.startsWith("/interaction/")) {
    context.respond = false;
    await interact(context);
  } else {
    await next();
  }
});
provider.on("server_error", (_, error) => console.error(error));
provider.listen(Number(port), "localhost", () => console.log(`ready at ${issuer}`));
