using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>From rows of one table to changes of documents. Pure.</summary>
internal sealed class SqlRows
{
    private static readonly SearchValues<char> OfZero = SearchValues.Create("0-:T. ");

    private readonly SqlTable _table;
    private readonly FieldTemplate _id;
    private readonly FieldTemplate _text;
    private readonly SqlDialect _dialect;
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    /// <exception cref="TidemarkException"><c>usage</c>: a template is broken.</exception>
    public SqlRows(SqlTable table, SqlDialect dialect)
    {
        (_table, _dialect) = (table, dialect);
        _id = new FieldTemplate(table.Id);
        _text = new FieldTemplate(table.Text);
        Keys = [.. _id.Fields];
        Texts = [.. Keys.Concat(_text.Fields).Concat(new[] { table.Deleted, table.ExpiresAt, table.Tier }.OfType<string>()).Distinct(StringComparer.Ordinal)];
        for (var i = 0; i < Texts.Count; i++)
        {
            _ordinals[Texts[i]] = i;
        }
    }

    /// <summary>The columns that name a row; the first of <see cref="Texts"/>.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Columns that are read as texts; the metadata stand behind them.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Where the time stamp stands, and behind it whether it is of the past.</summary>
    public int Updated => Texts.Count + _table.Metadata.Count;

    /// <summary>What ids are made of, as <see cref="FieldTemplate.Parts"/>.</summary>
    public IReadOnlyList<(string Literal, string? Field)> Id => _id.Parts;

    /// <summary>What all ids begin with.</summary>
    public string Prefix => Id[0].Literal;

    public string IdOf(object?[] row) => _id.Render(column => TextOf(row, column), all: true)!;

    public bool IsDeleted(object?[] row) => _table.Deleted is { } column && row[_ordinals[column]] switch
    {
        null or false => false,
        string text => text is not ("" or "f" or "false") && !IsZero(text),
        IConvertible number and not (bool or DateTime) => number.ToDouble(CultureInfo.InvariantCulture) != 0,
        _ => true,
    };

    /// <summary>A number, or the time that MySQL has in the place of none: <c>0000-00-00 00:00:00</c>.</summary>
    private static bool IsZero(string text) => text.Contains('0', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExcept(OfZero);

    /// <summary>Of a row of which something cannot be read.</summary>
    public Document Nothing(string id) => new() { Id = id, SourceId = _table.Name, Text = "" };

    public Document DocumentOf(string id, object?[] row, SqlQueries queries) => new()
    {
        Id = id,
        SourceId = _table.Name,
        Text = _text.Render(column => TextOf(row, column), all: false) ?? "",
        Metadata = MetadataOf(row, queries),
        ChangedAt = _table.Updated.Count > 0 && _dialect.IsMoment(queries.UpdatedType) ? TimeOf(row[Updated] as string) : null,
        ExpiresAt = _table.ExpiresAt is { } expires ? TimeOf(TextOf(row, expires)) : null,
        Tier = _table.Tier is { } tier ? TextOf(row, tier) : null,
    };

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    private string? TextOf(object?[] row, string column) => SqlValue.Text(row[_ordinals[column]]);

    private DocumentMetadata MetadataOf(object?[] row, SqlQueries queries)
    {
        if (_table.Metadata.Count == 0)
        {
            return DocumentMetadata.Empty;
        }

        try
        {
            return MetadataOf(row, queries, isPlain: _ => false);
        }
        catch (Exception e) when (IsUnfit(e))
        {
            return MetadataOf(row, queries, IsUnfitAlone); // one value does not take the others with it
        }

        bool IsUnfitAlone(int column)
        {
            try
            {
                _ = DocumentMetadata.Parse("{\"a\":" + SqlValue.Text(row[Texts.Count + column]) + "}");
                return false;
            }
            catch (Exception e) when (IsUnfit(e))
            {
                return true;
            }
        }
    }

    /// <summary>JSON may nest deeper than metadata may, have halves of characters, or be none.</summary>
    private static bool IsUnfit(Exception e) => e is JsonException or InvalidOperationException or ArgumentException;

    private DocumentMetadata MetadataOf(object?[] row, SqlQueries queries, Func<int, bool> isPlain)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < _table.Metadata.Count; i++)
            {
                json.WritePropertyName(_table.Metadata[i]);
                var value = row[Texts.Count + i];
                SqlValue.Write(json, value, isJson: value is string && _dialect.GivesJson(queries.MetadataType(i)) && !isPlain(i));
            }

            json.WriteEndObject();
        }

        return DocumentMetadata.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
