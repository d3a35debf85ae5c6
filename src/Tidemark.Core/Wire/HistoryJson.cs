using System.Text.Json;
using Tidemark.Lifecycle;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>The states of a document, as <c>history</c> prints them.</summary>
public static class HistoryJson
{
    /// <summary>Writes one object, its states newest first.</summary>
    public static void Write(Utf8JsonWriter json, DocumentHistory history)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(history);
        json.WriteStartObject();
        json.WriteString("document", history.Document);
        json.WriteStartArray("states");
        foreach (var state in history.States)
        {
            Write(json, state);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, HistoryState entry)
    {
        var (document, until, ended) = entry.State;
        json.WriteStartObject();
        Write(json, "from", new CommitMoment(document.Sequence, document.Run, document.UpdatedAt));
        Write(json, "to", until);
        json.WriteString("ended", ended is { } end ? StateEnds.NameOf(end) : null);
        JsonFields.Write(json, "version", document.Version.Number);
        JsonFields.Write(json, "modifiedAt", document.Version.ModifiedAt);
        JsonFields.Write(json, "expiresAt", document.ExpiresAt);
        json.WriteString("source", document.Source);
        json.WriteString("textHash", document.TextHash.ToString());
        json.WriteNumber("chunks", document.Chunks);
        if (entry.Changed is { } changed)
        {
            JsonFields.Write(json, "changed", changed);
        }
        else
        {
            json.WriteNull("changed");
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, CommitMoment? moment)
    {
        if (moment is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("run", known.Run);
        json.WriteNumber("sequence", known.Sequence);
        JsonFields.Write(json, "at", known.At);
        json.WriteEndObject();
    }
}
