using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Tidemark.OpenAI.Tokens;

/// <summary>
/// From the bytes of a file to a tokenizer, by what stands in it: <c>tokenizer.json</c> of Hugging Face, a WordPiece vocabulary with a
/// token a line, else a SentencePiece model.
/// </summary>
internal static class TokenizerFormat
{
    private const string Unknown = "[UNK]";

    /// <exception cref="InvalidDataException">It is none of these. Other exceptions mean the same.</exception>
    public static Tokenizer Read(byte[] bytes)
    {
        if (bytes.AsSpan().TrimStart("\uFEFF \r\n\t"u8) is [(byte)'{', ..] json)
        {
            return OfJson(json.ToArray());
        }

        if (bytes.AsSpan().IndexOf("[UNK]"u8) >= 0 && !bytes.AsSpan().Contains((byte)0))
        {
            var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return WordPiece(lines, lowerCase: !Array.Exists(lines, IsCased), stripsAccents: null);
        }

        return SentencePieceTokenizer.Create(new MemoryStream(bytes), addBeginningOfSentence: false, addEndOfSentence: false);
    }

    private static Tokenizer OfJson(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        if (!root.TryGetProperty("model", out var model))
        {
            throw new InvalidDataException("it has no 'model'");
        }

        switch (TypeOf(model))
        {
            case "WordPiece":
                var normalizer = root.TryGetProperty("normalizer", out var given) ? given : default;
                return WordPiece(
                    [.. model.GetProperty("vocab").EnumerateObject().Select(token => token.Name)],
                    Flag(normalizer, "lowercase") ?? false,
                    Flag(normalizer, "strip_accents"));
            case "Unigram":
                return SentencePieceTokenizer.CreateFromTokenizerJson(
                    new MemoryStream(bytes), addBeginningOfSentence: false, addEndOfSentence: false);
            case "BPE" when ByteLevelJson.PatternOf(root) is { } pattern:
                return ByteLevelJson.Read(model, pattern);
            case var type:
                throw new InvalidDataException(
                    $"its model '{type}' is none that can be counted with here; the model's 'tokenizer.model' or 'sentencepiece.bpe.model' is");
        }
    }

    private static string? TypeOf(JsonElement model) =>
        model.TryGetProperty("type", out var type) ? type.GetString() : model.TryGetProperty("merges", out _) ? "BPE" : "WordPiece";

    private static BertTokenizer WordPiece(IReadOnlyCollection<string> tokens, bool lowerCase, bool? stripsAccents) =>
        BertTokenizer.Create(
            new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', tokens.Distinct(StringComparer.Ordinal)))),
            new BertOptions
            {
                LowerCaseBeforeTokenization = lowerCase,
                RemoveNonSpacingMarks = stripsAccents ?? lowerCase,
                UnknownToken = Unknown,
            });

    /// <summary>Marks such as [CLS] aside: a vocabulary of small letters says that texts are put in small letters.</summary>
    private static bool IsCased(string token) => token[0] != '[' && token.Any(char.IsAsciiLetterUpper);

    private static bool? Flag(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;
}
