using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Care;

/// <summary>Puts right what the file itself still knows, inside the caller's transaction.</summary>
/// <param name="isIndexDamaged">Whether the check of pages, which is too slow for here, found indexes that are not what their rows say.</param>
internal sealed class RecordMender(SqliteConnection connection, string @namespace, bool isIndexDamaged)
{
    // The one that namespace and state both name, else the one that has most documents as they are now.
    private const string Answering = $"""
        SELECT id FROM (
          SELECT g.id, g.{RowStates.Active} AS active, n.generation IS g.id AS named,
                 (SELECT count(*) FROM layout l JOIN document d ON d.key = l.document AND d.{RowStates.Live}
                  WHERE l.generation = g.id AND l.sequence = d.sequence) AS staged
          FROM generation g JOIN namespace n ON n.id = g.namespace WHERE n.id = ?1)
        WHERE (active AND named) OR staged > 0
        ORDER BY (active AND named) DESC, staged DESC, active DESC, named DESC, id DESC LIMIT 1
        """;

    private const string Wrong = $"""
        SELECT count(*) FROM generation g JOIN namespace n ON n.id = g.namespace
        WHERE n.id = ?1 AND (n.generation IS NOT ?2 OR (g.{RowStates.Active}) <> (g.id = ?2))
        """;

    // Of those that do not answer one that is being built has lists of chunks, a retired one has none.
    private const string SetStates = $"""
        UPDATE generation SET state = CASE
          WHEN id = ?2 THEN {RowStates.ActiveNumber} WHEN EXISTS (SELECT 1 FROM layout l WHERE l.generation = generation.id) THEN {RowStates.BuildingNumber} ELSE {RowStates.RetiredNumber} END
        WHERE namespace = ?1 AND ({RowStates.Active} OR id = ?2)
        """;

    public RecordMending Run(CancellationToken cancellationToken)
    {
        var mended = MendingSteps.OfStore.Sum(MendStore);
        var id = NamespaceId();
        if (id == 0)
        {
            return new RecordMending(mended, []);
        }

        var lost = new DamageList();
        foreach (var step in MendingSteps.OfNamespace)
        {
            cancellationToken.ThrowIfCancellationRequested();
            mended += Mend(step, id, lost);
        }

        return new RecordMending(mended, lost.Check.Damages);
    }

    private long MendStore(MendingStep step) => step switch
    {
        MendingStep.Schema => new SchemaCheck(connection).Mend(),
        MendingStep.Values => new ValueMender(connection).Mend(),
        MendingStep.Catalog => new CatalogCheck(connection).Mend(),
        _ => new ExternalMender(connection).Mend(),
    };

    private long Mend(MendingStep step, long id, DamageList lost) => step switch
    {
        MendingStep.Queue => new QueueMender(connection).Mend(),
        MendingStep.Numbers => new NumberMender(connection).Run(),
        MendingStep.Ids => new IdMender(connection).Run(isIndexDamaged),
        MendingStep.Texts => new TextMender(connection).Run(id),
        MendingStep.Generation => MendGeneration(id),
        MendingStep.Places => new PlaceMender(connection, id).Mend(),
        MendingStep.IndexOwner => MendIndexOwner(id),
        MendingStep.Owners => new OwnerMender(connection, id).Run(),
        MendingStep.Partitions => new PartitionMender(connection, id).Run(),
        MendingStep.Outbox => new OutboxMender(connection).Mend(),
        MendingStep.Counts => new CountCheck(connection, id).Mend(lost),
        MendingStep.FormerStates => new HistoryMender(connection, id).Mend(lost),
        MendingStep.Past => new PastCheck(connection, id).Mend(lost),
        _ => 0, // the index of words has no facets
    };

    private long MendIndexOwner(long id)
    {
        if (!ExternalIndexTable.IsUnowned(connection, id))
        {
            return 0;
        }

        ExternalIndexTable.MendOwner(connection, id);
        return 1;
    }

    private long NamespaceId()
    {
        using var row = connection.Statement("SELECT id FROM namespace WHERE name = ?1");
        row.BindText(1, @namespace);
        return row.Step() ? row.GetInt64(0) : 0;
    }

    private long MendGeneration(long id)
    {
        var answering = connection.Scalar(Answering, id);
        if (answering == 0 || connection.Scalar(Wrong, id, answering) == 0)
        {
            return 0;
        }

        Run("UPDATE namespace SET generation = ?2 WHERE id = ?1", id, answering);
        Run(SetStates, id, answering);
        return 1;
    }

    private void Run(string sql, long first, long second)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, first);
        statement.Bind(2, second);
        statement.Run();
    }
}
