using System.Buffers;
using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Server.Problems;

/// <summary>JSON as this service tells it: what remedies in it say to do is said in the words of HTTP.</summary>
internal static class ServiceJson
{
    /// <summary>Writes one document.</summary>
    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions))
        {
            write(json);
        }

        output.Write(ServiceWords.OfJson(buffer.WrittenMemory).Span);
    }
}
