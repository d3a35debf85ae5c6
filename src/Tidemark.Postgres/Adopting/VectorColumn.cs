using System.Buffers.Binary;
using System.Globalization;
using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Adopting;

/// <summary>How vectors of a column are asked for, and what comes.</summary>
/// <param name="Type">Of the column.</param>
/// <param name="Expression">For a statement.</param>
internal sealed record VectorColumn(string Type, string Expression)
{
    private const int Header = 4;

    private static readonly string[] Texts = ["_float4", "_float8", "_numeric", "json", "jsonb", "text", "varchar"];

    /// <summary>Whether numbers are kept in half precision.</summary>
    public bool IsHalf => Type == "halfvec";

    /// <param name="column">Its name.</param>
    /// <param name="type">Of its values.</param>
    /// <param name="schema">Of the type.</param>
    /// <returns>Null: of such values none can be read.</returns>
    public static VectorColumn? Of(string column, string type, string schema) =>
        type is "vector" or "halfvec" ? new VectorColumn(type, $"{StoreAddress.Quote(schema)}.{type}_send({StoreAddress.Quote(column)})")
        : Texts.Contains(type, StringComparer.Ordinal) ? new VectorColumn(type, $"{StoreAddress.Quote(column)}::text")
        : null;

    /// <exception cref="FormatException">It is no list of numbers.</exception>
    public ReadOnlyMemory<float> Read(NpgsqlDataReader row, int column) => Type switch
    {
        "vector" => row.GetVector(column),
        "halfvec" => ReadHalf(row.GetFieldValue<byte[]>(column)),
        _ => Parse(row.GetString(column)),
    };

    /// <summary>The same as of a vector, with numbers of two bytes.</summary>
    internal static float[] ReadHalf(ReadOnlySpan<byte> bytes)
    {
        const int Size = 2;
        var vector = new float[Math.Max(0, bytes.Length - Header) / Size];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)BinaryPrimitives.ReadHalfBigEndian(bytes[(Header + (i * Size))..]);
        }

        return vector;
    }

    /// <summary>Lists of PostgreSQL (<c>{1,2}</c>) and of JSON (<c>[1, 2]</c>).</summary>
    internal static float[] Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is not (['[', .., ']'] or ['{', .., '}']))
        {
            throw new FormatException("it is no list of numbers");
        }

        text = text[1..^1];
        if (text.IsWhiteSpace())
        {
            return [];
        }

        var (vector, count) = (new float[text.Count(',') + 1], 0);
        foreach (var part in text.Split(','))
        {
            vector[count++] = float.TryParse(text[part].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new FormatException($"one of its numbers is '{text[part].Trim()[..Math.Min(20, text[part].Trim().Length)]}'");
        }

        return vector;
    }
}
