using System.Buffers;
using System.Text.Json;
using Tidemark.Cli.Hosting;
using Tidemark.Composition;
using Tidemark.Wire;

namespace Tidemark.Cli.Output;

/// <summary>JSON on standard output: one document on one line.</summary>
internal static class JsonOutput
{
    public static void Write(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        JsonText.Write(RemedyJson.In(buffer.WrittenMemory, CommandLineWords.Of).Span, terminal.Write);
    }
}
