using System.Text.Json;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>What <c>search</c> prints.</summary>
public static class SearchResultJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="result">What was found.</param>
    public static void Write(Utf8JsonWriter json, SearchResult result) => Write(json, result, more: null);

    /// <summary>The same for whoever knows more.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="result">What was found.</param>
    /// <param name="more">Writes further members; null: nothing.</param>
    public static void Write(Utf8JsonWriter json, SearchResult result, Action<Utf8JsonWriter>? more)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        json.WriteStartObject();
        json.WriteString("query", result.Query);
        json.WriteString("space", result.Space);
        json.WriteNumber("generation", result.Generation);
        if (result.Degraded is { } degraded)
        {
            json.WriteString("degraded", SearchModeText.Of(degraded));
        }

        WriteCorrections(json, result);
        if (!result.IsComplete)
        {
            json.WriteBoolean("complete", false);
        }

        json.WriteStartArray("hits");
        foreach (var hit in result.Hits)
        {
            Write(json, hit);
        }

        json.WriteEndArray();
        FailureJson.Write(json, result.Warnings);
        more?.Invoke(json);
        json.WriteEndObject();
    }

    /// <summary>Words that stand nowhere, and what was looked for instead; nothing where there are none.</summary>
    internal static void WriteCorrections(Utf8JsonWriter json, SearchResult result)
    {
        if (result.Corrections.Count == 0)
        {
            return;
        }

        json.WriteStartArray("corrected");
        foreach (var (asked, found) in result.Corrections)
        {
            json.WriteStartObject();
            json.WriteString("word", asked);
            json.WriteString("by", found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IndexHit hit)
    {
        var chunk = hit.Chunk;
        json.WriteStartObject();
        json.WriteString("document", chunk.Document);
        json.WriteString("source", chunk.Source);
        json.WriteString("id", chunk.Id);
        json.WriteNumber("ordinal", chunk.Ordinal);
        WriteLines(json, hit.Lines);
        if (hit.Page is { } page)
        {
            json.WriteNumber("page", page);
        }

        json.WriteNumber("score", hit.Score);
        json.WriteString("heading", chunk.Heading);
        json.WriteString("text", chunk.Text);
        JsonFields.WriteMetadata(json, chunk.Metadata);
        if (hit.Archived is { } gone)
        {
            json.WriteBoolean("archived", true);
            json.WriteString("ended", StateEnds.NameOf(gone.Ended));
            json.WriteString("at", Rfc3339.Of(gone.At));
        }

        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, LineSpan? span)
    {
        if (span is { } lines)
        {
            json.WriteStartArray("lines");
            json.WriteNumberValue(lines.First);
            json.WriteNumberValue(lines.Last);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("lines");
        }
    }
}
