using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>How far the tables of a source were read. No key of a row stands in it.</summary>
/// <param name="Whole">When all of them were read whole last; null: never.</param>
/// <param name="Tables">By name.</param>
internal sealed record SqlState(DateTimeOffset? Whole, IReadOnlyDictionary<string, SqlTableState> Tables)
{
    public static SqlState None { get; } = new(null, new Dictionary<string, SqlTableState>(StringComparer.Ordinal));

    public SqlState With(string table, SqlTableState state) =>
        this with { Tables = new Dictionary<string, SqlTableState>(Tables, StringComparer.Ordinal) { [table] = state } };

    /// <param name="text">What was kept; what cannot be read says nothing.</param>
    public static SqlState Parse(string? text)
    {
        if (text is null)
        {
            return None;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            DateTimeOffset? whole = root.TryGetProperty("whole", out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset() : null;
            return new SqlState(whole, root.GetProperty("tables").EnumerateObject().ToDictionary(
                table => table.Name,
                table => new SqlTableState(
                    table.Value.GetProperty("shape").GetString()!, table.Value.GetProperty("mark").GetString(), table.Value.GetProperty("clock").GetString()),
                StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return None;
        }
    }

    public override string ToString()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("whole", Whole?.ToString("O", CultureInfo.InvariantCulture));
            json.WriteStartObject("tables");
            foreach (var (name, table) in Tables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                json.WriteString("shape", table.Shape);
                json.WriteString("mark", table.Mark);
                json.WriteString("clock", table.Clock);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
