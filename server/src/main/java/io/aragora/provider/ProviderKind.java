package io.aragora.provider;

/** The ways of asking a model this appliance knows; each has one hidden adapter. */
public enum ProviderKind {
  /** The built-in panel for a machine without keys or network. */
  REHEARSAL,
  /** Any server that speaks OpenAI's chat completions: OpenAI, vLLM, llama.cpp, Ollama and more. */
  OPENAI_COMPATIBLE
}
