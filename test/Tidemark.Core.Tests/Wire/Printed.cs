using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Tests.Wire;

/// <summary>What a writer writes, as the command line would print it.</summary>
internal static class Printed
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The same of a writer of members.</summary>
    public static string OfMembers(Action<Utf8JsonWriter> write) => Of(json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    /// <summary>A text of several lines as one, as JSON is printed.</summary>
    public static string Line(string lines) => string.Concat(lines.Split('\n').Select(line => line.Trim()));
}
