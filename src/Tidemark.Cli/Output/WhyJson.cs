using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;

namespace Tidemark.Cli.Output;

internal static class WhyJson
{
    public static void Write(Utf8JsonWriter json, WhyReport why)
    {
        json.WriteStartObject();
        json.WriteString("document", why.Document.Id);
        json.WriteString("namespace", why.Namespace);
        json.WriteString("source", why.Document.Source);
        json.WriteString("space", why.Pipeline.Space);
        json.WriteString("chunker", why.Pipeline.Chunker);
        json.WriteString("template", why.Pipeline.Input);
        json.WriteNumber("tokens", why.Tokens);
        JsonValues.WriteMoney(json, "cost", why.Cost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteStartArray("chunks");
        foreach (var chunk in why.Chunks)
        {
            Write(json, why, chunk);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WhyReport why, ChunkOrigin chunk)
    {
        json.WriteStartObject();
        json.WriteNumber("ordinal", chunk.Ordinal);
        json.WriteString("id", ChunkId.Of(why.Document.Id, chunk.Input, chunk.Occurrence));
        json.WriteString("heading", chunk.Heading);
        json.WriteString("input", chunk.Input.ToString());
        json.WriteString("reason", WhyReport.NameOf(chunk.Cause));
        JsonValues.Write(json, "run", RunOf(chunk.EmbeddedIn));
        JsonValues.Write(json, "embeddedAt", chunk.EmbeddedAt);
        json.WriteNumber("tokens", chunk.Tokens);
        JsonValues.WriteMoney(json, "cost", WhyReport.CostOf(chunk));
        json.WriteBoolean("reused", chunk.IsReused);
        WriteOrigin(json, chunk);
        json.WriteStartObject("indexed");
        JsonValues.Write(json, "run", RunOf(chunk.IndexedIn));
        JsonValues.Write(json, "at", chunk.IndexedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter json, ChunkOrigin chunk)
    {
        if (!chunk.IsReused)
        {
            json.WriteNull("reusedFrom");
            return;
        }

        json.WriteStartObject("reusedFrom");
        JsonValues.Write(json, "run", RunOf(chunk.EmbeddedIn));
        json.WriteString("document", chunk.ReusedFrom);
        json.WriteString("namespace", chunk.ReusedFromNamespace);
        json.WriteEndObject();
    }

    private static long? RunOf(long run) => run == 0 ? null : run;
}
