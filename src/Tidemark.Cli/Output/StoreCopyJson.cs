using System.Text.Json;
using Tidemark.Cli.Configuration;
using Tidemark.Copying;

namespace Tidemark.Cli.Output;

internal static class StoreCopyJson
{
    public static void Write(Utf8JsonWriter json, StoreLocation from, StoreLocation to, StoreCopyReport report)
    {
        json.WriteStartObject();
        json.WriteString("from", from.ToString());
        json.WriteString("to", to.ToString());
        json.WriteBoolean("verified", true);
        json.WriteNumber("namespaces", report.Namespaces);
        json.WriteNumber("documents", report.Documents);
        json.WriteNumber("chunks", report.Chunks);
        json.WriteNumber("embeddings", report.Embeddings);
        json.WriteNumber("formerStates", report.FormerStates);
        json.WriteNumber("runs", report.Runs);
        json.WriteNumber("rows", report.Rows);
        json.WriteNumber("embeddingCalls", 0);
        json.WriteEndObject();
    }
}
