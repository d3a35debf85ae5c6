using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidemark.Cli.Output;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Starting;

/// <summary>The text of a first <c>tidemark.json</c>, with a comment for every setting that is worth knowing.</summary>
internal static class StarterConfiguration
{
    private const string Head = """
        {
          // Tidemark's settings. Paths are relative to this folder. Everything has a default; comments are allowed.
          "$schema": ".tidemark.schema.json",

          // Where the index lives: one file, or a PostgreSQL server.

        """;

    private const string Sources = """

          // What 'tidemark sync' without arguments brings in step.
          "sources": [

        """;

    private const string EmbeddingExample =
        """// "embedding": { "model": "openai:text-embedding-3-small", "tokensPerMinute": 1000000 },""";

    private const string Tail = """
          ],

          // How documents are cut: "structured" (headings, paragraphs, lists, fences, tables), "recursive" or "none".
          // "chunking": { "chunker": "structured" },

          // The embedder: "hashing:DIM" works offline and is lexical; "openai:MODEL" asks any OpenAI-compatible endpoint.
          // The key is never written here: set OPENAI_API_KEY.
          EMBEDDING

          // What embedding may cost in a month, in USD; prices that the shipped list has not, for a million tokens.
          // "cost": { "monthlyBudget": 50 },
          // "prices": { "openai:my-model": 0.05 },

          // How late a change may be found, in seconds; 'tidemark status --check' ends with 4 if it is later.
          // "freshness": { "slaSeconds": 900 },

          // Hold deletes back that are more than this many documents and more than this share of a source.
          "guard": { "maxDocuments": 10, "maxShare": 0.2 },

          // A namespace that never forgets, as an audit log must.
          // "namespaces": { "audit": { "appendOnly": true } },
        }

        """;

    public static string Of(IReadOnlyList<FoundSource> sources, StarterChoices choices)
    {
        var text = new StringBuilder(Head);
        Set(text, SettingPaths.Store, choices.Store ?? SettingTable.DefaultOf(SettingPaths.Store));
        Set(text, SettingPaths.Index, choices.Index);
        Set(text, SettingPaths.Namespace, choices.Namespace);
        text.Append(Sources);
        foreach (var source in sources)
        {
            text.Append("    { \"path\": \"").Append(Escape(source.Path)).Append('"');
            text.Append(source.Type == SourceType.Directory
                ? $" }}, // {Units.Count(source.Files, "document")}\n"
                : ", \"type\": \"jsonl\" },\n");
        }

        if (sources.Count == 0)
        {
            text.Append("    // { \"path\": \"docs\", \"exclude\": [ \"drafts/**\" ] },\n");
            text.Append("    // { \"path\": \"products.jsonl\", \"sourceIdTemplate\": \"db/products/{id}\" },\n");
        }

        var embedding = choices.Embedder is null ? EmbeddingExample : $"\"embedding\": {{ \"model\": \"{Escape(choices.Embedder)}\" }},";
        return text.Append(Tail.Replace("EMBEDDING", embedding, StringComparison.Ordinal)).ToString();
    }

    private static void Set(StringBuilder text, string setting, string? value)
    {
        if (value is not null)
        {
            text.Append("  \"").Append(setting).Append("\": \"").Append(Escape(value)).Append("\",\n");
        }
    }

    private static string Escape(string path) =>
        JsonEncodedText.Encode(path, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
