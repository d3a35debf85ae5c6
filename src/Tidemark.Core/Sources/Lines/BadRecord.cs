using System.Globalization;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>The failures of single records, each with what to do about it.</summary>
internal static class BadRecord
{
    public const string FixLine = "correct the line; one JSON object a line is expected";

    public static ItemException Malformed(string item, string problem, string remedy = FixLine, Exception? inner = null) =>
        new(ErrorCodes.SourceMalformed, $"'{item}' {problem}", remedy, inner);

    /// <param name="most">The limit of the parser.</param>
    public static ItemException NotJson(string item, ReadOnlySpan<byte> line, int most, JsonException e) => JsonDepth.IsOver(line, most)
        ? new ItemException(
            ErrorCodes.SourceMalformed,
            string.Create(CultureInfo.InvariantCulture, $"'{item}' nests deeper than {most} levels"),
            "flatten the field that nests so deeply, or leave it out",
            e)
        : Malformed(item, $"is not JSON (at byte {e.BytePositionInLine + 1})", inner: e);

    public static ItemException WrongType(string item, string field, string expected) =>
        Malformed(item, $"has a field '{field}' that is not {expected}", $"make '{field}' {expected}, or leave it out");

    public static ItemException Nul(string item, string field) => Malformed(
        item,
        $"has a NUL character in '{field}'",
        "take the NUL characters out; PostgreSQL cannot store them, so no store here takes them");

    public static ItemException HalfPair(string item, Exception inner) =>
        Malformed(item, "contains half a surrogate pair, which is no text", "write the whole pair", inner);

    public static ItemException TooLong(string item, int mostBytes, string remedy) => new(
        ErrorCodes.SourceTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"'{item}' has more than {mostBytes} bytes, the limit of a line"),
        remedy);

    public static ItemException Unidentified(string item) => new(
        ErrorCodes.SourceUnidentified,
        $"'{item}' has neither an id nor a source id",
        "give each record an 'id', or name the field that identifies it with JsonLinesOptions.IdKey or JsonLinesOptions.SourceIdKey");
}
