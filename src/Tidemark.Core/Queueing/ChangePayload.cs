using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Queueing;

/// <summary>A change as stores keep it: one JSON object, explained in docs/storage-format.md.</summary>
public static class ChangePayload
{
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes an upsert, a tombstone of one document, or what nothing can be made of.</summary>
    public static byte[] Write(DocumentChange change)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            switch (change)
            {
                case DocumentChange.Upsert upsert:
                    Write(json, upsert.Document);
                    break;
                case DocumentChange.Delete delete:
                    json.WriteBoolean("deleted", true);
                    WriteIdentity(json, delete.Id, delete.SourceId);
                    WriteVersion(json, delete.Version);
                    WriteToken(json, delete.Token);
                    WriteOfSource(json, delete);
                    break;
                case DocumentChange.Poison poison:
                    WriteIdentity(json, poison.Id, poison.Id);
                    Write(json, poison.Failure);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(change));
            }

            if (!change.Known.IsNone)
            {
                WriteVersion(json, "after", change.Known);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Why a change is given up that nobody can read.</summary>
    public static ChangeFailure Unreadable { get; } = new(
        ErrorCodes.StoreCorrupt, "what this change says was damaged in the queue", "send it again, and give this one up: Queue.DropAsync(Dead)");

    /// <summary>Reads a row of the queue; null where it is no change, or not the one that was put in.</summary>
    /// <param name="row">Who and in which order, as its columns say.</param>
    /// <param name="payload">What it says.</param>
    /// <param name="seal">Null: it was put in before there were seals.</param>
    public static DocumentChange? Find(
        (string Source, string Document, string SourceId, DocumentVersion Version) row, ReadOnlyMemory<byte> payload, long? seal) =>
        seal is { } stored && stored != Seal.OfChange(row.Source, row.Document, row.SourceId, row.Version, payload.Span) ? null : Find(payload);

    /// <summary>Reads what <see cref="Write(DocumentChange)"/> wrote; null where it is no change.</summary>
    public static DocumentChange? Find(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return Parse(payload);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static DocumentChange Parse(ReadOnlyMemory<byte> payload)
    {
        using var parsed = JsonDocument.Parse(payload, JsonNesting.ParsingWrapped);
        var json = parsed.RootElement;
        var id = json.GetProperty("id").GetString()!;
        var sourceId = TextOf(json, "sourceId") ?? id;
        var version = VersionOf(json);
        var known = json.TryGetProperty("after", out var after) ? VersionOf(after) : default;
        var token = TextOf(json, "token") is { } hash
            ? new ChangeToken(new ContentHash(Convert.FromHexString(hash)))
            : ChangeToken.None;
        DocumentChange change = json.TryGetProperty("poison", out var poison) ? new DocumentChange.Poison(id, FailureOf(id, poison))
            : json.TryGetProperty("deleted", out _) ? new DocumentChange.Delete(id, sourceId, version, token)
            {
                IsOfSource = json.TryGetProperty("ofSource", out _),
                Replaced = json.TryGetProperty("replaced", out var replaced) ? VersionOf(replaced) : null,
            }
            : new DocumentChange.Upsert(new Document
            {
                Id = id,
                SourceId = sourceId,
                Text = TextOf(json, "text")!,
                Metadata = json.TryGetProperty("metadata", out var metadata)
                    ? DocumentMetadata.FromCanonical(metadata.GetRawText())
                    : DocumentMetadata.Empty,
                Version = version,
                ChangedAt = TimeOf(json, "changedAt"),
                ExpiresAt = TimeOf(json, "expiresAt"),
                Tier = TextOf(json, "tier"),
                Token = token,
                Embedding = EmbeddingOf(json),
                Chunks = ChunksOf(json),
            });
        return change with { Known = known };
    }

    private static void Write(Utf8JsonWriter json, Document document)
    {
        WriteIdentity(json, document.Id, document.SourceId);
        WriteVersion(json, document.Version);
        WriteTime(json, "changedAt", document.ChangedAt);
        WriteTime(json, "expiresAt", document.ExpiresAt);
        if (document.Tier is { } tier)
        {
            json.WriteString("tier", tier);
        }

        WriteToken(json, document.Token);
        if (!document.Metadata.IsEmpty)
        {
            json.WritePropertyName("metadata");
            json.WriteRawValue(document.Metadata.Json, skipInputValidation: true);
        }

        json.WriteString("text", document.Text);
        WriteEmbedding(json, document.Embedding);
        if (document.Chunks is { } chunks)
        {
            json.WriteStartArray("chunks");
            foreach (var chunk in chunks)
            {
                json.WriteStartObject();
                json.WriteString("text", chunk.Text);
                if (chunk.Heading is { } heading)
                {
                    json.WriteString("heading", heading);
                }

                WriteEmbedding(json, chunk.Embedding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteIdentity(Utf8JsonWriter json, string id, string sourceId)
    {
        json.WriteString("id", id);
        if (!string.Equals(id, sourceId, StringComparison.Ordinal))
        {
            json.WriteString("sourceId", sourceId);
        }
    }

    private static void WriteVersion(Utf8JsonWriter json, DocumentVersion version)
    {
        if (version.Number is { } number)
        {
            json.WriteNumber("version", number);
        }

        WriteTime(json, "modifiedAt", version.ModifiedAt);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known);
        }
    }

    private static void WriteToken(Utf8JsonWriter json, ChangeToken token)
    {
        if (!token.IsNone)
        {
            json.WriteString("token", token.Value.ToString());
        }
    }

    private static void WriteEmbedding(Utf8JsonWriter json, OwnEmbedding? embedding)
    {
        if (embedding is null)
        {
            return;
        }

        json.WriteStartObject("embedding");
        if (embedding.Space is { } space)
        {
            json.WriteString("space", space);
        }

        json.WriteBase64String("vector", MemoryMarshal.AsBytes(embedding.Vector.Span));
        json.WriteEndObject();
    }

    private static void WriteOfSource(Utf8JsonWriter json, DocumentChange.Delete delete)
    {
        if (delete.IsOfSource)
        {
            json.WriteBoolean("ofSource", true);
        }

        if (delete.Replaced is { } replaced)
        {
            WriteVersion(json, "replaced", replaced);
        }
    }

    private static void WriteVersion(Utf8JsonWriter json, string name, DocumentVersion version)
    {
        json.WriteStartObject(name);
        WriteVersion(json, version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ItemFailure failure)
    {
        json.WriteStartObject("poison");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteString("remedy", failure.Remedy);
        json.WriteEndObject();
    }

    private static ItemFailure FailureOf(string id, JsonElement json) => new(
        id, TextOf(json, "code")!, TextOf(json, "message")!, TextOf(json, "remedy")!, HidesDocuments: false);

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DocumentVersion VersionOf(JsonElement json) => new(
        json.TryGetProperty("version", out var number) ? number.GetInt64() : null, TimeOf(json, "modifiedAt"));

    private static DateTimeOffset? TimeOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetDateTimeOffset() : null;

    private static OwnEmbedding? EmbeddingOf(JsonElement json) =>
        json.TryGetProperty("embedding", out var embedding)
            ? new OwnEmbedding(
                MemoryMarshal.Cast<byte, float>(embedding.GetProperty("vector").GetBytesFromBase64()).ToArray(),
                TextOf(embedding, "space"))
            : null;

    private static List<OwnChunk>? ChunksOf(JsonElement json)
    {
        if (!json.TryGetProperty("chunks", out var array))
        {
            return null;
        }

        var chunks = new List<OwnChunk>();
        foreach (var chunk in array.EnumerateArray())
        {
            chunks.Add(new OwnChunk(TextOf(chunk, "text")!, TextOf(chunk, "heading"), EmbeddingOf(chunk)));
        }

        return chunks;
    }
}
