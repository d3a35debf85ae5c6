using System.Text;
using System.Text.Json;

namespace Tidemark.Documents;

/// <summary>Whether a value that a store reads is one that a store writes: one place for each kind of value. Pure.</summary>
public static class StoredValue
{
    /// <summary>The highest key of a document, a chunk or a source id: far more than rows fit into a store.</summary>
    public const long MostKey = 1L << 40;

    /// <summary>The first and the last time that there is, as they are stored.</summary>
    public static readonly long LeastTime = DateTimeOffset.MinValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks,
        MostTime = DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>Whether it is a key that was given, or 0: none.</summary>
    public static bool IsKey(long key) => key is >= 0 and <= MostKey;

    /// <summary>Whether it is a time: ticks of 100 ns since 1970-01-01 UTC.</summary>
    public static bool IsTime(long ticks) => ticks >= LeastTime && ticks <= MostTime;

    /// <summary>Whether it is one JSON object.</summary>
    public static bool IsObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var json = new Utf8JsonReader(utf8, JsonNesting.Reading);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            json.Skip();
            return !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The same of a text.</summary>
    public static bool IsObject(string json) => IsObject(Encoding.UTF8.GetBytes(json));

    /// <summary>A text that is one JSON object, as it was read; null stays null.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static string? Object(string? json, string thing, string column) =>
        json is null || IsObject(json) ? json : throw Damaged(thing, $"its '{column}' is no JSON object");

    /// <summary>A key as it was read.</summary>
    /// <param name="key">Of the row, or of one that it names.</param>
    /// <param name="thing">What is damaged then, as a sentence names it.</param>
    /// <param name="column">Where it stands.</param>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static long Key(long key, string thing, string column) => IsKey(key)
        ? key
        : throw Damaged(thing, $"its '{column}' ({key}) is no number that was ever given");

    /// <summary>Names as <see cref="Names"/> reads them.</summary>
    public static string NamesText(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Names as <c>run</c> lists them: a JSON array of texts.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>.</exception>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> utf8, string thing, string column) =>
        ReadNames(utf8) ?? throw Damaged(thing, $"its '{column}' is no list of names");

    /// <summary>Whether it is such a list.</summary>
    public static bool IsNames(ReadOnlySpan<byte> utf8) => ReadNames(utf8) is not null;

    private static List<string>? ReadNames(ReadOnlySpan<byte> utf8)
    {
        var names = new List<string>();
        try
        {
            var json = new Utf8JsonReader(utf8);
            var isList = json.Read() && json.TokenType == JsonTokenType.StartArray;
            while (isList && json.Read() && json.TokenType == JsonTokenType.String)
            {
                names.Add(json.GetString()!);
            }

            return isList && json.TokenType == JsonTokenType.EndArray && !json.Read() ? names : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or a text in it that is no Unicode
        }
    }

    /// <summary>What of a document's own row is no value at all, so that nothing of it can be compared with a seal.</summary>
    /// <returns>As it follows the document's name in a sentence; null: nothing.</returns>
    public static string? FaultOf(long key, long sourceId, long? modifiedAt, long? expiresAt, string? metadata) =>
        !IsKey(key) ? $"its 'key' ({key}) is no number that was ever given"
        : !IsKey(sourceId) ? $"its 'source_id' ({sourceId}) is no number that was ever given"
        : modifiedAt is { } modified && !IsTime(modified) ? $"its 'modified_at' ({modified}) is no time"
        : expiresAt is { } expires && !IsTime(expires) ? $"its 'expires_at' ({expires}) is no time"
        : metadata is not null && !IsObject(metadata) ? "its 'metadata' are no JSON object"
        : null;

    /// <summary>The error of a vector that is gone, or not the one that was stored.</summary>
    /// <param name="thing">Whose, as a sentence names it.</param>
    public static TidemarkException LostVector(string thing) => new(
        ErrorCodes.StoreCorrupt,
        $"'{thing}' is damaged: a vector is gone or not the one that was stored",
        "run 'VerifyAsync(Repair)': it is embedded again from the stored text, or, of the past, taken away");

    /// <summary>The error of a value that no store writes.</summary>
    public static TidemarkException Damaged(string thing, string what) => new(
        ErrorCodes.StoreCorrupt,
        $"'{thing}' is damaged: {what}",
        "run 'VerifyAsync(SOURCE, Repair)' with the sources of the namespace: what is damaged is put right, or written anew from there, "
        + "without embedding what is stored");
}
