using System.Text.Json;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>why</c> prints.</summary>
public static class WhyReportJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, WhyReport why)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(why);
        WritePart(json, why, 0, why.Chunks.Count);
    }

    /// <summary>The same with some of the chunks, and where the others begin: <c>nextOffset</c>.</summary>
    internal static void WritePart(Utf8JsonWriter json, WhyReport why, int offset, int most)
    {
        json.WriteStartObject();
        json.WriteString("document", why.Document.Id);
        json.WriteString("namespace", why.Namespace);
        json.WriteString("source", why.Document.Source);
        json.WriteString("space", why.Pipeline.Space);
        json.WriteString("chunker", why.Pipeline.Chunker);
        json.WriteString("template", why.Pipeline.Input);
        json.WriteNumber("tokens", why.Tokens);
        JsonFields.WriteMoney(json, "cost", why.Cost);
        json.WriteString("currency", TokenPrice.Currency);
        json.WriteStartArray("chunks");
        foreach (var chunk in why.Chunks.Skip(offset).Take(most))
        {
            Write(json, why, chunk);
        }

        json.WriteEndArray();
        if (why.Chunks.Count - offset > most)
        {
            json.WriteNumber("nextOffset", offset + most);
        }

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
        JsonFields.Write(json, "run", RunOf(chunk.EmbeddedIn));
        JsonFields.Write(json, "embeddedAt", chunk.EmbeddedAt);
        json.WriteNumber("tokens", chunk.Tokens);
        JsonFields.WriteMoney(json, "cost", WhyReport.CostOf(chunk));
        json.WriteBoolean("reused", chunk.IsReused);
        WriteOrigin(json, chunk);
        json.WriteStartObject("indexed");
        JsonFields.Write(json, "run", RunOf(chunk.IndexedIn));
        JsonFields.Write(json, "at", chunk.IndexedAt);
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
        JsonFields.Write(json, "run", RunOf(chunk.EmbeddedIn));
        json.WriteString("document", chunk.ReusedFrom);
        json.WriteString("namespace", chunk.ReusedFromNamespace);
        json.WriteEndObject();
    }

    private static long? RunOf(long run) => run == 0 ? null : run;
}
