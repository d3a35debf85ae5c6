using System.Globalization;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>The reserved fields of a record, each with its type checked.</summary>
internal static class RecordFields
{
    /// <exception cref="ItemException"><c>deleted</c> is not true or false.</exception>
    public static bool IsTombstone(JsonRecord record) => record["deleted"] switch
    {
        { ValueKind: JsonValueKind.True } => true,
        null or { ValueKind: JsonValueKind.False } => record["deleted_at"] is not null,
        _ => throw BadRecord.WrongType(record.Label, "deleted", "true or false"),
    };

    public static DocumentVersion VersionOf(JsonRecord record)
    {
        var deleted = TimeOf(record, "deleted_at");
        return new DocumentVersion(NumberOf(record), TimeOf(record, "modified_at") ?? deleted);
    }

    public static DateTimeOffset? TimeOf(JsonRecord record, string field) => record[field] is not { } value
        ? null
        : RecordTime.Parse(value) ?? throw BadRecord.WrongType(record.Label, field, RecordTime.Expected);

    public static string? StringOf(JsonRecord record, string field) => record[field] switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw BadRecord.WrongType(record.Label, field, "a string"),
    };

    /// <summary>A vector alone, with <c>embedding_space</c> beside it, or an object of <c>space</c> and <c>vector</c>.</summary>
    public static OwnEmbedding? EmbeddingOf(JsonRecord record)
    {
        if (record["embedding"] is not { } embedding)
        {
            return null;
        }

        if (embedding.ValueKind == JsonValueKind.Array)
        {
            return new OwnEmbedding(VectorOf(record.Label, "embedding", embedding), StringOf(record, "embedding_space"));
        }

        if (embedding.ValueKind != JsonValueKind.Object || !embedding.TryGetProperty("vector", out var vector))
        {
            throw BadRecord.WrongType(record.Label, "embedding", "an array of numbers or an object with 'vector'");
        }

        var space = embedding.TryGetProperty("space", out var named) && named.ValueKind != JsonValueKind.Null
            ? named
            : (JsonElement?)null;
        return space is null or { ValueKind: JsonValueKind.String }
            ? new OwnEmbedding(
                VectorOf(record.Label, "embedding.vector", vector),
                space?.GetString() ?? StringOf(record, "embedding_space"))
            : throw BadRecord.WrongType(record.Label, "embedding.space", "a string");
    }

    public static float[] VectorOf(string item, string field, JsonElement value)
    {
        const string expected = "an array of finite numbers";
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            throw BadRecord.WrongType(item, field, expected);
        }

        var vector = new float[value.GetArrayLength()];
        var at = 0;
        foreach (var number in value.EnumerateArray())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetSingle(out var single) || !float.IsFinite(single))
            {
                throw BadRecord.WrongType(item, field, expected);
            }

            vector[at++] = single;
        }

        return vector;
    }

    private static long? NumberOf(JsonRecord record)
    {
        if (record["version"] is not { } value)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw BadRecord.Malformed(
                record.Label,
                "has a 'version' that is not a whole number",
                "make 'version' a whole number that grows, or order the states of a document by 'modified_at' instead");
    }
}
