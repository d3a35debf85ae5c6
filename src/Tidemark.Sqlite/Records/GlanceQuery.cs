using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Records;

/// <summary>Looks many documents up by id: one joined query for some hundred of them. For one thread at a time.</summary>
internal sealed class GlanceQuery
{
    private const int AtOnce = 1000;

    private const string ManyRows = $"""
        SELECT wanted.key, {DocumentColumns.Glance}
        FROM json_each(?1) wanted CROSS JOIN document d ON d.namespace = ?2 AND d.id = wanted.value
        """;

    private const string OneRow =
        $"SELECT {DocumentColumns.Glance} FROM document d WHERE d.namespace = ?1 AND d.id = ?2";

    private readonly JsonArrayText _ids = new();
    private readonly List<int> _asked = [];

    /// <summary>Fills the entries of those items that are there and that <paramref name="known"/> does not name.</summary>
    /// <param name="known">Items that need no look-up any more; null: all need one.</param>
    public void Run(
        SqliteConnection connection,
        long @namespace,
        ReadOnlySpan<ListedItem> items,
        ReadOnlySpan<bool> known,
        Span<DocumentGlance> glances)
    {
        Begin();
        for (var i = 0; i < items.Length; i++)
        {
            if ((!known.IsEmpty && known[i]) || items[i].Id.IsEmpty)
            {
                continue;
            }

            var id = items[i].Id.Span;
            if (id.Contains((byte)0))
            {
                glances[i] = One(connection, @namespace, id);
                continue;
            }

            _ids.Add(id);
            _asked.Add(i);
            if (_asked.Count == AtOnce)
            {
                Many(connection, @namespace, glances);
                Begin();
            }
        }

        if (_asked.Count > 0)
        {
            Many(connection, @namespace, glances);
        }
    }

    private static DocumentGlance One(SqliteConnection connection, long @namespace, ReadOnlySpan<byte> id)
    {
        using var row = connection.Statement(OneRow);
        row.Bind(1, @namespace);
        row.BindText(2, id);
        return row.Step() ? DocumentColumns.ReadGlance(row, 0) : default;
    }

    private void Begin()
    {
        _ids.Begin();
        _asked.Clear();
    }

    private void Many(SqliteConnection connection, long @namespace, Span<DocumentGlance> glances)
    {
        _ids.End();
        using var row = connection.Statement(ManyRows);
        row.BindText(1, _ids.Written);
        row.Bind(2, @namespace);
        while (row.Step())
        {
            glances[_asked[row.GetInt32(0)]] = DocumentColumns.ReadGlance(row, 1);
        }
    }
}
