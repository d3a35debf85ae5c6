using System.Text.Json.Nodes;

namespace Tidemark.OpenAI.Tests.Tokens;

/// <summary>Small vocabularies of every kind, made here.</summary>
internal static class Vocabularies
{
    private static readonly string[] Letters = [.. Enumerable.Range('a', 26).Concat(Enumerable.Range('0', 10)).Select(c => $"{(char)c}")];

    /// <summary>A token a line; small letters.</summary>
    public static string[] WordPiece =>
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", "-",
        .. Letters, .. Letters.Select(letter => $"##{letter}"),
        "tide", "##mark", "##ing", "the", "index", "keeps", "what", "it", "has",
    ];

    public static string WordPieceJson(bool lowercase) => new JsonObject
    {
        ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["lowercase"] = lowercase, ["strip_accents"] = null },
        ["model"] = new JsonObject
        {
            ["type"] = "WordPiece",
            ["unk_token"] = "[UNK]",
            ["vocab"] = Numbered(WordPiece),
        },
    }.ToJsonString();

    /// <param name="pairs">Whether merges are arrays, as newer files have them.</param>
    public static string ByteLevelJson(bool pairs)
    {
        string[][] merges = [["l", "o"], ["lo", "w"], ["Ġ", "low"]];
        string[] joined = [.. merges.Select(merge => string.Concat(merge))];
        return new JsonObject
        {
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = Numbered([.. Letters, "Ġ", .. joined]),
                ["merges"] = new JsonArray([.. merges.Select(merge =>
                    pairs ? (JsonNode)new JsonArray(merge[0], merge[1]) : JsonValue.Create($"{merge[0]} {merge[1]}"))]),
            },
        }.ToJsonString();
    }

    public static string UnigramJson() => new JsonObject
    {
        ["added_tokens"] = new JsonArray(new JsonObject { ["id"] = 0, ["content"] = "<unk>", ["special"] = true }),
        ["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["add_prefix_space"] = true },
        ["model"] = new JsonObject
        {
            ["type"] = "Unigram",
            ["unk_id"] = 0,
            ["vocab"] = new JsonArray(
            [
                new JsonArray("<unk>", 0.0), new JsonArray("▁low", -1.0), new JsonArray("▁", -3.0), new JsonArray("er", -2.0),
                .. Letters.Select(letter => (JsonNode)new JsonArray(letter, -6.0)),
            ]),
        },
    }.ToJsonString();

    private static JsonObject Numbered(IEnumerable<string> tokens) =>
        new(tokens.Select((token, i) => KeyValuePair.Create(token, (JsonNode?)JsonValue.Create(i))));
}
