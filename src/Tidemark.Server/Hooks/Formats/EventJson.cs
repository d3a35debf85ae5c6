using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Server.Hooks.Mapping;

namespace Tidemark.Server.Hooks.Formats;

/// <summary>The JSON of a body.</summary>
internal static class EventJson
{
    /// <exception cref="EventFault">It is none.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(WithoutMark(body), JsonNesting.Parsing);
            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new EventFault(
                FormattableString.Invariant($"the body is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})"), "have the sender send one JSON value, as UTF-8");
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;
}
