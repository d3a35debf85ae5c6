using System.Buffers;
using System.Text.Json;
using Tidemark.Records;
using Tidemark.Syncing.History;

namespace Tidemark.Wire;

/// <summary>One line of <c>export</c>, which <c>import</c> takes back.</summary>
public static class ChunkLineJson
{
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes one object: <c>{"document","source","ordinal","id","text","metadata"}</c>.</summary>
    /// <param name="json">Gets it.</param>
    /// <param name="chunk">With its vector, where it was asked for.</param>
    /// <param name="space">Name of the embedding space: then vector, space and heading follow; null: without.</param>
    public static void Write(Utf8JsonWriter json, IndexedChunk chunk, string? space = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(chunk);
        json.WriteStartObject();
        json.WriteString("document", chunk.Document);
        json.WriteString("source", chunk.Source);
        json.WriteNumber("ordinal", chunk.Ordinal);
        json.WriteString("id", chunk.Id);
        json.WriteString("text", chunk.Text);
        JsonFields.WriteMetadata(json, chunk.Metadata);
        if (space is not null)
        {
            WriteVector(json, chunk, space);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one object a line, in flat memory.</summary>
    /// <param name="output">Gets UTF-8; it stays open.</param>
    /// <param name="chunks">With their vectors, where they were asked for.</param>
    /// <param name="space">Name of the embedding space: then vector, space and heading follow; null: without.</param>
    /// <param name="cancellationToken">Ends it between two blocks.</param>
    public static async Task WriteAllAsync(
        Stream output, IAsyncEnumerable<IndexedChunk> chunks, string? space, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(chunks);
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        using var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions);
        await foreach (var chunk in chunks.ConfigureAwait(false))
        {
            Write(json, chunk, space);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount > FlushAt)
            {
                await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
                buffer.ResetWrittenCount();
            }
        }

        await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteVector(Utf8JsonWriter json, IndexedChunk chunk, string space)
    {
        if (chunk.Vector is { } vector)
        {
            json.WriteStartArray("vector");
            foreach (var value in vector.Span)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("vector");
        }

        json.WriteString("space", space);
        json.WriteString("heading", chunk.Heading);
    }
}
