namespace Tidemark.Composition.Configuration;

/// <summary>The settings of the section <c>embedding</c>.</summary>
internal static class ProviderTable
{
    public static readonly IReadOnlyList<SettingDefinition> Settings =
    [
        new(SettingPaths.EmbeddingModel, SettingKind.Text,
            "`hashing:DIM` (offline, lexical) or `openai:MODEL[:DIM]` (any OpenAI-compatible endpoint). Unset: as the index "
            + "was built, `hashing:384` for a new one. `EMBED_MODEL` may be the model's name alone.")
        {
            Variable = "EMBED_MODEL",
        },
        new(SettingPaths.EmbeddingDimensions, SettingKind.Integer,
            "Dimensions of a vector. Unset: as the model is known, else it is asked once.")
        {
            Minimum = 1, Maximum = EmbedderSpec.MostDimensions, Variable = "EMBED_DIMENSIONS",
        },
        new(SettingPaths.BaseUrl, SettingKind.Text, "The endpoint, up to and without `/embeddings`.")
        {
            Default = "https://api.openai.com/v1", Variable = "OPENAI_BASE_URL",
        },
        new(SettingPaths.KeyVariable, SettingKind.Text,
            "The environment variable that holds the key. The key itself is never a setting.")
        {
            Default = "OPENAI_API_KEY",
        },
        new(SettingPaths.DocumentPrefix, SettingKind.Text,
            "Put before every embedding input: `passage: ` for E5, `search_document: ` for nomic. Part of the space."),
        new(SettingPaths.QueryPrefix, SettingKind.Text,
            "Put before every query: `query: ` for E5, `search_query: ` for nomic. Part of the space."),
        new(SettingPaths.NormalizeVectors, SettingKind.Flag, "Bring vectors to unit length. Part of the space.")
        {
            Default = "false",
        },
        new(SettingPaths.MaxInputTokens, SettingKind.Integer,
            "The model's longest input; chunks are cut so that they surely fit. Part of the space. Unset: as the model is "
            + "known, else 512.")
        {
            Minimum = 128, Maximum = 1_000_000,
        },
        new(SettingPaths.Tokenizer, SettingKind.Text,
            "The file of the model's tokenizer, by which chunks are bounded: `tokenizer.json`, `vocab.txt` (WordPiece) or a "
            + "SentencePiece model. Its hash is part of the index. Unset: as the model is known."),
        new(SettingPaths.Revision, SettingKind.Text,
            "A label that makes a space of its own for a provider who changed the model under its name."),
        new(SettingPaths.EncodingFormat, SettingKind.Choice,
            "How vectors are asked for; `float` is for servers that do not know `base64`. Both are understood.")
        {
            Choices = ["base64", "float"], Default = "base64",
        },
        new(SettingPaths.EmbeddingBatchSize, SettingKind.Integer, "The most inputs in one request.")
        {
            Default = "100", Minimum = 1, Maximum = 2048,
        },
        new(SettingPaths.BatchTokens, SettingKind.Integer, "The most estimated tokens in one request.")
        {
            Default = "100000", Minimum = 1, Maximum = 10_000_000,
        },
        new(SettingPaths.Concurrency, SettingKind.Integer, "Requests under way at the same time.")
        {
            Default = "8", Minimum = 1, Maximum = 256,
        },
        new(SettingPaths.RequestsPerMinute, SettingKind.Integer, "The most requests a minute. Unset: no limit.")
        {
            Minimum = 1, Maximum = 10_000_000,
        },
        new(SettingPaths.TokensPerMinute, SettingKind.Integer, "The most tokens a minute. Unset: no limit.")
        {
            Minimum = 1, Maximum = 2_000_000_000,
        },
        new(SettingPaths.TimeoutSeconds, SettingKind.Number, "One request, until the last byte of its answer.")
        {
            Default = "60", Minimum = 0.1, Maximum = 3600,
        },
        new(SettingPaths.MaxAttempts, SettingKind.Integer,
            "How often one request is sent before its inputs are looked at one by one, while the provider answers others.")
        {
            Default = "5", Minimum = 1, Maximum = 100,
        },
        new(SettingPaths.PatienceSeconds, SettingKind.Number, "A provider that gives no vector for so long ends the run.")
        {
            Default = "300", Minimum = 1, Maximum = 86_400,
        },
        new(SettingPaths.Canary, SettingKind.Flag,
            "Send a text of Tidemark's own first in every run that embeds, to notice a changed model.")
        {
            Default = "true",
        },
    ];
}
