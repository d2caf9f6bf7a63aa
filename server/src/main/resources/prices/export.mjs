// Writes prices.json from the npm package @pydantic/genai-prices: node export.mjs FOLDER > prices.json
import { readFileSync } from "node:fs";

const folder = process.argv[2] ?? "node_modules/@pydantic/genai-prices";
const about = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
const code = readFileSync(`${folder}/dist/index.js`, "utf8");
// The package keeps its table to itself; it is the first constant of the bundle.
const name = /^const (\w+) = \[/.exec(code)[1];
const open = code.replace(/export \{[^}]*\};\s*$/, `export { ${name} as table };`);
const { table } = await import(`data:text/javascript,${encodeURIComponent(open)}`);

const WANTED = ["openai", "anthropic", "google", "mistral", "x-ai", "deepseek", "cohere", "moonshotai",
  "zhipuai", "groq", "cerebras", "together", "fireworks", "openrouter"];

// Who makes a line of models, whoever serves it. The first that matches counts.
const FAMILIES = [
  ["deepseek", "deepseek", "deepseek"],
  ["claude", "anthropic", "claude"],
  ["gemini", "google", "gemini"],
  ["gemma", "google", "gemma"],
  ["grok", "x-ai", "grok"],
  ["mistral|mixtral|magistral|codestral|devstral|ministral|pixtral|voxtral", "mistral", "mistral"],
  ["qwen|qwq", "alibaba", "qwen"],
  ["nemotron", "nvidia", "nemotron"],
  ["llama", "meta", "llama"],
  ["command|aya", "cohere", "command"],
  ["kimi|moonshot", "moonshotai", "kimi"],
  ["glm", "zhipuai", "glm"],
  ["minimax", "minimax", "minimax"],
  ["granite", "ibm", "granite"],
  ["smollm", "huggingface", "smollm"],
  ["olmo", "allenai", "olmo"],
  ["(^|[/-])nova", "amazon", "nova"],
  ["(^|[/-])phi", "microsoft", "phi"],
  ["gpt|(^|/)o[134]|davinci|babbage|^ada", "openai", "gpt"],
].map(([pattern, vendor, family]) => ({ pattern, vendor, family }));

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function pattern(match) {
  if (match.equals !== undefined) return `^${quoted(match.equals)}$`;
  if (match.starts_with !== undefined) return `^${quoted(match.starts_with)}`;
  if (match.ends_with !== undefined) return `${quoted(match.ends_with)}$`;
  if (match.contains !== undefined) return quoted(match.contains);
  if (match.regex !== undefined) return match.regex;
  if (match.or) return match.or.map((one) => `(?:${pattern(one)})`).join("|");
  return "^" + match.and.map((one) => `(?=.*?(?:${pattern(one).replace(/^\^/, "(?<![\\s\\S])")}))`).join("");
}

// Tiers, start dates and hours of the day: the dearest counts, so that no bound is too low.
function dearest(prices, key) {
  const all = (Array.isArray(prices) ? prices.map((one) => one.prices) : [prices])
    .map((one) => one[key])
    .flatMap((one) => (one?.tiers ? [one.base, ...one.tiers.map((tier) => tier.price)] : [one]));
  return all.some((one) => typeof one !== "number") ? undefined : Math.ceil(Math.max(...all) * 1e6 - 1e-6);
}

const providers = table
  .filter((provider) => WANTED.includes(provider.id))
  .map((provider) => ({
    id: provider.id,
    api: provider.api_pattern,
    models: provider.models
      .map((model) => ({
        id: model.id,
        pattern: pattern(model.match),
        context: model.context_window ?? 0,
        input_micro_per_mtok: dearest(model.prices, "input_mtok"),
        output_micro_per_mtok: dearest(model.prices, "output_mtok"),
      }))
      .filter((model) => model.input_micro_per_mtok !== undefined && model.output_micro_per_mtok !== undefined),
  }));

const line = (value) => JSON.stringify(value);
const lines = (values, indent) => values.map((value) => indent + line(value)).join(",\n");
console.log(`{
  "version": ${line(about.version)},
  "source": ${line(`npm ${about.name} ${about.version}`)},
  "licence": "MIT, Copyright (c) Pydantic Services Inc. 2025 to present; see LICENSE beside this file",
  "families": [
${lines(FAMILIES, "    ")}
  ],
  "providers": [
${providers
  .map((one) => `    {"id": ${line(one.id)}, "api": ${line(one.api)}, "models": [\n${lines(one.models, "      ")}\n    ]}`)
  .join(",\n")}
  ]
}`);
