using System.Text.Json;
using Tidemark.Files;

namespace Tidemark.Cli.Composition;

internal static class ImportedSpace
{
    private const int LongestLine = 4 << 20;

    /// <returns>The <c>space</c> of the file's first line; null where there is none.</returns>
    public static async Task<string?> PeekAsync(string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestLine];
        int length;
        await using (var file = new FileStream(RegularFile.Open(path), FileAccess.Read, bufferSize: 0))
        {
            length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }

        var line = buffer.AsMemory(0, length);
        var end = line.Span.IndexOf((byte)'\n');
        return Parse(end < 0 ? line : line[..end]);
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
