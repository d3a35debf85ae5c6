using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tidemark.Postgres.Feeding;

/// <summary>A column's text as JSON, by the column's type.</summary>
internal static partial class ColumnValue
{
    private const uint Boolean = 16;
    private const uint Json = 114;
    private const uint Timestamp = 1114;
    private const uint TimestampTz = 1184;
    private const uint JsonB = 3802;

    private static readonly HashSet<uint> Numbers = [20, 21, 23, 700, 701, 1700];

    /// <summary>Lists by the type of what is in them.</summary>
    private static readonly Dictionary<uint, uint> Lists = new()
    {
        [199] = Json,
        [1000] = Boolean,
        [1005] = 21,
        [1007] = 23,
        [1016] = 20,
        [1021] = 700,
        [1022] = 701,
        [1231] = 1700,
        [1009] = 25,
        [1014] = 1042,
        [1015] = 1043,
        [1115] = Timestamp,
        [1182] = 1082,
        [1185] = TimestampTz,
        [2951] = 2950,
        [3807] = JsonB,
    };

    /// <param name="json">Gets the value.</param>
    /// <param name="type">The column's.</param>
    /// <param name="text">As the server writes it.</param>
    /// <param name="isPlain">Whatever it is, as text: metadata cannot hold it.</param>
    public static void Write(Utf8JsonWriter json, uint type, string? text, bool isPlain = false)
    {
        if (isPlain && text is not null)
        {
            json.WriteStringValue(text);
            return;
        }

        if (text is not null && Lists.TryGetValue(type, out var item) && ArrayLiteral.Parse(text) is { } items)
        {
            json.WriteStartArray();
            items.ForEach(one => WriteOne(json, item, one));
            json.WriteEndArray();
        }
        else
        {
            WriteOne(json, type, text);
        }
    }

    private static void WriteOne(Utf8JsonWriter json, uint type, string? text)
    {
        if (text is null)
        {
            json.WriteNullValue();
        }
        else if (type == Boolean)
        {
            json.WriteBooleanValue(text == "t");
        }
        else if (type is Json or JsonB || (Numbers.Contains(type) && (char.IsAsciiDigit(text[0]) || (text[0] == '-' && char.IsAsciiDigit(text[1])))))
        {
            json.WriteRawValue(WithoutNul(text));
        }
        else
        {
            json.WriteStringValue(type is Timestamp or TimestampTz ? TimeOf(text) : text);
        }
    }

    /// <summary>A time of the session's zone, which is UTC; null: it is none (<c>infinity</c>).</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    /// <summary>No store takes a NUL. A backslash that is escaped itself begins no escape.</summary>
    private static string WithoutNul(string json) => json.Contains("\\u0000", StringComparison.Ordinal)
        ? Escape().Replace(json, escape => escape.Value == "\\u0000" ? "\\ufffd" : escape.Value)
        : json;

    [GeneratedRegex(@"\\(?:u0000|.)", RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Escape();

    /// <summary>As RFC 3339 writes it.</summary>
    private static string TimeOf(string text) => text.EndsWith("+00", StringComparison.Ordinal)
        ? text[..^3].Replace(' ', 'T') + "Z"
        : text.Replace(' ', 'T');
}
