using System.Text.Json;
using Tidemark.Files;

namespace Tidemark.Sources;

internal static class ImportedSpace
{
    /// <summary>How far into the file it is looked for.</summary>
    private const int MostBytes = 4 << 20;

    /// <returns>The <c>space</c> of the first line that names one; null: none does. What else is wrong with a line is its own matter.</returns>
    public static async Task<string?> PeekAsync(string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes];
        int length;
        var file = new FileStream(RegularFile.Open(path), FileAccess.Read, bufferSize: 0);
        await using (file.ConfigureAwait(false))
        {
            length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
        }

        for (var rest = buffer.AsMemory(0, length); !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (Parse(end < 0 ? rest : rest[..end]) is { } space)
            {
                return space;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return null;
    }

    private static string? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("space", out var space)
                && space.ValueKind == JsonValueKind.String
                ? space.GetString()
                : null;
        }
        catch (JsonException)
        {
            // The source reports the line when it gets there.
            return null;
        }
    }
}
