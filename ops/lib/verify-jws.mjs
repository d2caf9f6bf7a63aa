// Verifies a compact JWS against a JWK set with npm's jose: node verify-jws.mjs TOOLS_DIR FILE.jws JWKS.json
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [toolsDir, jwsFile, jwksFile] = process.argv.slice(2);
const jose = await import(
  pathToFileURL(createRequire(resolve(toolsDir, "index.js")).resolve("jose")).href
);

const jws = (await readFile(jwsFile, "utf8")).trim();
const keys = jose.createLocalJWKSet(JSON.parse(await readFile(jwksFile, "utf8")));
try {
  const { payload, protectedHeader } = await jose.compactVerify(jws, keys, {
    algorithms: ["Ed25519"],
  });
  const statement = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  console.log(`verified by ${protectedHeader.kid}: ${statement.predicateType}`);
} catch (error) {
  console.error(`refused: ${error.code ?? error.name}: ${error.message}`);
  process.exit(1);
}
