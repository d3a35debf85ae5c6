using System.Buffers;
using System.Text.Json;
using Tidemark.Cli.Hosting;
using Tidemark.Wire;

namespace Tidemark.Cli.Output;

/// <summary>JSON whose length nobody knows, in flat memory.</summary>
internal static class JsonStream
{
    private const int FlushAt = 64 * 1024;

    /// <summary>
    /// One array; nothing is printed before the first item came, so that a failure still is one document.
    /// </summary>
    public static async Task WriteArrayAsync<T>(
        Terminal terminal, IAsyncEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        using var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions);
        json.WriteStartArray();
        await foreach (var item in items)
        {
            write(json, item);
            json.Flush();
            Spill(terminal, buffer, FlushAt);
        }

        json.WriteEndArray();
        json.Flush();
        buffer.Write("\n"u8);
        Spill(terminal, buffer, 0);
    }

    /// <summary>One object a line.</summary>
    public static async Task WriteLinesAsync<T>(
        Terminal terminal, IAsyncEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        using var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions);
        await foreach (var item in items)
        {
            write(json, item);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            Spill(terminal, buffer, FlushAt);
        }

        Spill(terminal, buffer, 0);
    }

    private static void Spill(Terminal terminal, ArrayBufferWriter<byte> buffer, int least)
    {
        if (buffer.WrittenCount > least)
        {
            JsonText.Write(buffer.WrittenSpan, terminal.Write);
            buffer.ResetWrittenCount();
        }
    }
}
