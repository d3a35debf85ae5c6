using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Tidemark.OpenAI.Tokens;

/// <summary>Byte-level BPE of a <c>tokenizer.json</c>: RoBERTa, GPT-2, Qwen.</summary>
internal static class ByteLevelJson
{
    /// <summary>What cuts text before the merges where a file does not say: the one that GPT-2 came with.</summary>
    private const string Standard = @"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>A pattern comes from a file, and one that never ends must.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <returns>Null: its pieces are not bytes.</returns>
    public static string? PatternOf(JsonElement root)
    {
        var steps = StepsOf(root);
        if (!Array.Exists(steps, step => TypeOf(step) == "ByteLevel"))
        {
            return null;
        }

        var split = Array.Find(steps, step => TypeOf(step) == "Split");
        return split.ValueKind == JsonValueKind.Object
            && split.TryGetProperty("pattern", out var pattern) && pattern.TryGetProperty("Regex", out var regex)
            ? regex.GetString()
            : Standard;
    }

    public static BpeTokenizer Read(JsonElement model, string pattern) => BpeTokenizer.Create(
        new BpeOptions(model.GetProperty("vocab").EnumerateObject().Select(token => KeyValuePair.Create(token.Name, token.Value.GetInt32())))
        {
            Merges = model.GetProperty("merges").EnumerateArray().Select(MergeOf).ToList(),
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(new Regex(pattern, RegexOptions.CultureInvariant, Longest), specialTokens: null),
        });

    /// <summary>Either "a b" or ["a", "b"].</summary>
    private static string MergeOf(JsonElement merge) =>
        merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!;

    private static JsonElement[] StepsOf(JsonElement root) =>
        !root.TryGetProperty("pre_tokenizer", out var step) || step.ValueKind != JsonValueKind.Object ? []
        : step.TryGetProperty("pretokenizers", out var steps) ? [.. steps.EnumerateArray()]
        : [step];

    private static string? TypeOf(JsonElement step) => step.TryGetProperty("type", out var type) ? type.GetString() : null;
}
