using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

internal static class ImportedSpace
{
    /// <summary>How many bytes of lines that can be read are looked at; what cannot be read hides nothing.</summary>
    private const int MostBytes = 4 << 20;

    /// <returns>The <c>space</c> of the first line that names one; null: none does. What else is wrong with a line is its own matter.</returns>
    public static async Task<string?> PeekAsync(string path, CancellationToken cancellationToken)
    {
        var looked = 0L;
        using var reader = LineStream.Of(path).Open(ImportSource.BlockBytes, ImportSource.MaxLineBytes);
        while (looked < MostBytes && await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            using (block)
            {
                for (var i = 0; i < block.Count; i++)
                {
                    var (isRead, space) = Parse(block[i]);
                    if (space is not null)
                    {
                        return space;
                    }

                    looked += isRead ? block[i].Length : 0;
                }
            }
        }

        return null;
    }

    private static (bool IsRead, string? Space) Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, JsonNesting.ParsingWrapped);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? (true, json.RootElement.TryGetProperty("space", out var space) && space.ValueKind == JsonValueKind.String ? space.GetString() : null)
                : default;
        }
        catch (JsonException)
        {
            // The source reports the line when it gets there.
            return default;
        }
    }
}
