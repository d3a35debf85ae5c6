namespace Tidemark.OpenAI;

/// <summary>
/// Whether an error says that a text has more tokens than the model takes. There is no code for it: each server has its words, and
/// llama.cpp calls it an error of its own (500).
/// </summary>
internal static class TooLong
{
    private static readonly string[] Words =
    [
        "context length", // OpenAI, vLLM, Ollama
        "context size", // llama.cpp
        "context window",
        "must have less than", // Text Embeddings Inference
        "too large to process", // llama.cpp
        "too long",
        "too many tokens", // Cohere
        "token limit",
        "maximum input length",
        "maximum number of tokens",
        "maximum sequence length",
    ];

    public static bool IsMeant(int status, string message) =>
        status is 400 or 413 or 422 or 500 && Words.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
