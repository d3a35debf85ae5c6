using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Postgres.Feeding;

/// <summary>From rows of one table to changes of documents. Pure.</summary>
internal sealed class RowMapper
{
    private readonly FeedTable _table;
    private readonly FieldTemplate _id;
    private readonly FieldTemplate _text;

    /// <param name="table">What becomes what.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: a template is broken.</exception>
    public RowMapper(FeedTable table)
    {
        _table = table;
        _id = new FieldTemplate(table.Id);
        _text = new FieldTemplate(table.Text);
        Pattern = new IdPattern(_id);
        Columns = [.. _id.Fields.Concat(_text.Fields).Concat(table.Metadata).Concat(new[] { table.ExpiresAt, table.Tier }.OfType<string>()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>As it was named; documents have it as their source id.</summary>
    public string Table => _table.Name;

    /// <summary>The columns that matter.</summary>
    public IReadOnlyList<string> Columns { get; }

    public IdPattern Pattern { get; }

    /// <summary>The columns' types, by name.</summary>
    public IReadOnlyDictionary<string, uint> Types { get; set; } = new Dictionary<string, uint>(StringComparer.Ordinal);

    /// <returns>Null: a column of the id is null.</returns>
    public string? IdOf(FeedRow row) => _id.Render(row.Find, all: true);

    public DocumentChange Upsert(string id, FeedRow row, long version, DateTimeOffset? at) => new DocumentChange.Upsert(new Document
    {
        Id = id,
        SourceId = _table.Name,
        Text = _text.Render(row.Find, all: false) ?? "",
        Metadata = MetadataOf(row),
        Version = FeedVersion.Of(version),
        ChangedAt = at,
        ExpiresAt = _table.ExpiresAt is { } expires ? ColumnValue.Time(row.Find(expires)) : null,
        Tier = _table.Tier is { } tier ? row.Find(tier) : null,
    });

    public DocumentChange Delete(string id, long version) =>
        new DocumentChange.Delete(id, _table.Name, FeedVersion.Of(version), ChangeToken.None);

    private DocumentMetadata MetadataOf(FeedRow row)
    {
        if (_table.Metadata.Count == 0)
        {
            return DocumentMetadata.Empty;
        }

        try
        {
            return MetadataOf(row, _table.Metadata, []);
        }
        catch (Exception e) when (IsUnfit(e))
        {
            return MetadataOf(row, _table.Metadata, [.. _table.Metadata.Where(column => !Fits(row, column))]); // one row does not stop the others
        }
    }

    /// <summary>JSON may nest deeper than metadata may, and may have halves of characters.</summary>
    private static bool IsUnfit(Exception e) => e is JsonException or InvalidOperationException;

    private bool Fits(FeedRow row, string column)
    {
        try
        {
            MetadataOf(row, [column], []);
            return true;
        }
        catch (Exception e) when (IsUnfit(e))
        {
            return false;
        }
    }

    /// <param name="row">Whose.</param>
    /// <param name="columns">What of it.</param>
    /// <param name="plain">Those of them that are written as text, whatever they are.</param>
    private DocumentMetadata MetadataOf(FeedRow row, IReadOnlyList<string> columns, IReadOnlyList<string> plain)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                json.WritePropertyName(column);
                ColumnValue.Write(json, Types.GetValueOrDefault(column), row.Find(column), plain.Contains(column, StringComparer.Ordinal));
            }

            json.WriteEndObject();
        }

        return DocumentMetadata.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
