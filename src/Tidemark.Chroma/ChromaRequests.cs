using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Tidemark.Records;

namespace Tidemark.Chroma;

/// <summary>The bodies of requests.</summary>
internal static class ChromaRequests
{
    public static byte[] Create(string name, IndexBinding binding) => Write(json =>
    {
        json.WriteString("name", name);
        json.WriteBoolean("get_or_create", true);
        json.WritePropertyName("metadata");
        WriteMark(json, binding);
        json.WriteStartObject("configuration");
        json.WriteStartObject("hnsw");
        json.WriteString("space", "cosine");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static byte[] Mark(IndexBinding binding) => Write(json =>
    {
        json.WritePropertyName("new_metadata");
        WriteMark(json, binding);
    });

    /// <param name="present">By entry the metadata keys that it has now.</param>
    /// <param name="entries">A part of a page.</param>
    /// <param name="asBase64">Whether the server takes vectors as the base64 of their little-endian bytes.</param>
    public static byte[] Upsert(
        ReadOnlyMemory<IndexEntry> entries, IReadOnlyDictionary<string, string[]> present, bool asBase64) => Write(json =>
    {
        WriteAll(json, "ids", entries, (json, entry) => json.WriteStringValue(entry.Id.ToString()));
        WriteAll(json, "embeddings", entries, (json, entry) => WriteVector(json, entry.Vector.Span, asBase64));
        WriteAll(json, "documents", entries, (json, entry) => json.WriteStringValue(entry.Text));
        WriteAll(json, "metadatas", entries, (json, entry) =>
            ChromaMetadata.Write(json, entry, present.GetValueOrDefault(entry.Id.ToString()) ?? []));
    });

    public static byte[] Query(ReadOnlyMemory<float> vector, int limit) => Write(json =>
    {
        json.WriteStartArray("query_embeddings");
        WriteVector(json, vector.Span, asBase64: false);
        json.WriteEndArray();
        json.WriteNumber("n_results", limit);
        json.WriteStartArray("include");
        json.WriteEndArray();
    });

    public static byte[] Delete(IEnumerable<string> ids) => Write(json => WriteIds(json, ids));

    public static byte[] Metadata(IEnumerable<string> ids) => Write(json =>
    {
        WriteIds(json, ids);
        json.WriteStartArray("include");
        json.WriteStringValue("metadatas");
        json.WriteEndArray();
    });

    public static byte[] List(int offset, int limit) => Write(json =>
    {
        json.WriteNumber("offset", offset);
        json.WriteNumber("limit", limit);
        json.WriteStartArray("include");
        json.WriteStringValue("documents");
        json.WriteStringValue("metadatas");
        json.WriteStringValue("embeddings");
        json.WriteEndArray();
    });

    /// <summary>Without metadata.</summary>
    public static byte[] Texts(long offset, int limit) => Write(json =>
    {
        json.WriteNumber("offset", offset);
        json.WriteNumber("limit", limit);
        json.WriteStartArray("include");
        json.WriteStringValue("documents");
        json.WriteStringValue("embeddings");
        json.WriteEndArray();
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMark(Utf8JsonWriter json, IndexBinding binding)
    {
        json.WriteStartObject();
        json.WriteString(ChromaCollection.OwnerKey, binding.Owner);
        json.WriteString(ChromaCollection.NamespaceKey, binding.Namespace);
        json.WriteString(ChromaCollection.SpaceKey, binding.Space.Name);
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, IEnumerable<string> ids)
    {
        json.WriteStartArray("ids");
        foreach (var id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private static void WriteAll(
        Utf8JsonWriter json, string name, ReadOnlyMemory<IndexEntry> entries, Action<Utf8JsonWriter, IndexEntry> write)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries.Span)
        {
            write(json, entry);
        }

        json.WriteEndArray();
    }

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool asBase64)
    {
        if (asBase64 && BitConverter.IsLittleEndian)
        {
            json.WriteBase64StringValue(MemoryMarshal.AsBytes(vector));
            return;
        }

        json.WriteStartArray();
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
