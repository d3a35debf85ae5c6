using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Looks at every record of a namespace, within the caller's read transaction.</summary>
internal sealed class RecordChecker(SqliteConnection connection, DamageList damages)
{
    private const string HiddenRows =
        $"SELECT id FROM document WHERE namespace = ?1 AND ({RowStates.Unknown} OR ({RowStates.NotLive} AND seal IS NOT NULL))";

    private const string HomelessRows = $"""
        SELECT d.id FROM document d WHERE d.namespace = ?1 AND d.{RowStates.Live}
          AND NOT EXISTS (SELECT 1 FROM source s WHERE s.id = d.source AND s.namespace = d.namespace)
        """;

    private const string StrangeLayouts = $"""
        SELECT count(*) FROM layout l JOIN namespace n ON n.generation = l.generation AND n.id = ?1
        WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.key = l.document AND d.namespace = n.id AND d.{RowStates.Live})
        """;

    private const string LostGeneration = $"""
        SELECT count(*) FROM namespace n WHERE n.id = ?1 AND n.generation IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.id = n.generation AND g.namespace = n.id AND g.{RowStates.Active})
        """;

    private const string ForgottenGeneration = $"""
        SELECT count(*) FROM generation g JOIN namespace n ON n.id = g.namespace
        WHERE n.id = ?1 AND g.{RowStates.Active} AND n.generation IS NOT g.id
        """;

    public void Run(string @namespace, CancellationToken cancellationToken)
    {
        new PageCheck(connection).Find(damages);
        if (!new SchemaCheck(connection).Find(damages))
        {
            return;
        }

        new ValueMender(connection).Find(damages);
        new CatalogCheck(connection).Find(damages);
        new ExternalMender(connection).Find(damages);
        var id = IdOf(@namespace);
        if (id == 0)
        {
            return;
        }

        new NumberMender(connection).Find(damages);
        new QueueMender(connection).Find(damages);
        new OutboxMender(connection).Find(damages);
        CheckDocuments(id, cancellationToken);
        Name(HiddenRows, id, "its state is not what was stored");
        Name(HomelessRows, id, "its source is gone");
        if (connection.Scalar(LostGeneration, id) + connection.Scalar(ForgottenGeneration, id) > 0)
        {
            damages.AddWrongGeneration();
        }

        new PlaceMender(connection, id).Find(damages);
        new PastCheck(connection, id).Find(damages);
        new HistoryMender(connection, id).Find(damages);
        var strangers = connection.Scalar(StrangeLayouts, id);
        if (strangers > 0)
        {
            damages.AddStrangeLists(strangers);
        }

        var unnamed = UnnamedChunks.Of(connection, id).Count;
        if (unnamed > 0)
        {
            damages.AddUnlistedChunks(unnamed);
        }

        new CountCheck(connection, id).Find(damages);
    }

    private long IdOf(string @namespace)
    {
        using var row = connection.Statement("SELECT id FROM namespace WHERE name = ?1");
        row.BindText(1, @namespace);
        return row.Step() ? row.GetInt64(0) : 0;
    }

    private void CheckDocuments(long @namespace, CancellationToken cancellationToken)
    {
        foreach (var page in new LivePages(connection, @namespace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (record, damage) in new DocumentLoader(connection).Examine(page, withText: true))
            {
                if (damage is not null)
                {
                    damages.Add(record.Id, damage, StoredDocument.KindOf(damage));
                }
            }
        }
    }

    private void Name(string sql, long @namespace, string what)
    {
        using var rows = connection.Statement(sql);
        rows.Bind(1, @namespace);
        while (rows.Step())
        {
            damages.Add(rows.GetText(0), what, DamageKind.Document);
        }
    }
}
