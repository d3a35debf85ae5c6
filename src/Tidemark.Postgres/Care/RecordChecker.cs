using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Looks at every record of a namespace.</summary>
internal sealed class RecordChecker(NpgsqlConnection connection, PostgresDatabase database, DamageList damages)
{
    private const string HiddenRows =
        $"select coalesce(long_id, id) from document where namespace = $1 and ({RowStates.Unknown} or ({RowStates.NotLive} and seal is not null))";

    private const string HomelessRows = $"""
        select coalesce(d.long_id, d.id) from document d where d.namespace = $1 and d.{RowStates.Live}
          and not exists (select 1 from source s where s.id = d.source and s.namespace = d.namespace)
        """;

    private const string StrangeLayouts = $"""
        select count(*) from layout l join namespace n on n.generation = l.generation and n.id = $1
        where not exists (select 1 from document d where d.key = l.document and d.namespace = n.id and d.{RowStates.Live})
        """;

    private const string Generations = $"""
        select (select count(*) from namespace n where n.id = $1 and n.generation is not null
                  and not exists (select 1 from generation g where g.id = n.generation and g.namespace = n.id and g.{RowStates.Active}))
             + (select count(*) from generation g join namespace n on n.id = g.namespace
                where n.id = $1 and g.{RowStates.Active} and n.generation is distinct from g.id)
        """;

    private const string Unnamed = $"select count(*) from chunk where {UnnamedChunks.Condition}";

    public async Task RunAsync(string @namespace, CancellationToken cancellationToken)
    {
        if (!await new SchemaCheck(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await new CatalogCheck(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new ExternalMender(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        var id = await connection.ScalarAsync<long>(
            "select coalesce(max(id), 0) from namespace where name = $1", cancellationToken, Sql.Of(StoreText.Encode(@namespace)))
            .ConfigureAwait(false);
        if (id == 0)
        {
            return;
        }

        await new ValueMender(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new NumberMender(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new QueueMender(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new OutboxMender(connection).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await CheckDocumentsAsync(id, cancellationToken).ConfigureAwait(false);
        await NameAsync(HiddenRows, id, "its state is not what was stored", cancellationToken).ConfigureAwait(false);
        await NameAsync(HomelessRows, id, "its source is gone", cancellationToken).ConfigureAwait(false);
        if (await connection.ScalarAsync<long>(Generations, cancellationToken, Sql.Of(id)).ConfigureAwait(false) > 0)
        {
            damages.AddWrongGeneration();
        }

        await new PlaceMender(connection, id).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new PastCheck(connection, id).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new HistoryMender(connection, id).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        await new FacetCheck(connection, id).FindAsync(damages, cancellationToken).ConfigureAwait(false);
        var strangers = await connection.ScalarAsync<long>(StrangeLayouts, cancellationToken, Sql.Of(id)).ConfigureAwait(false);
        if (strangers > 0)
        {
            damages.AddStrangeLists(strangers);
        }

        var unnamed = await connection.ScalarAsync<long>(Unnamed, cancellationToken, Sql.Of(id)).ConfigureAwait(false);
        if (unnamed > 0)
        {
            damages.AddUnlistedChunks(unnamed);
        }

        await new CountCheck(connection, id).FindAsync(damages, cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckDocumentsAsync(long @namespace, CancellationToken cancellationToken)
    {
        await foreach (var page in LivePages.ReadAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))
        {
            var examined = await DocumentLoader.ExamineAsync(connection, database, page, withText: true, cancellationToken)
                .ConfigureAwait(false);
            foreach (var (record, damage) in examined.Where(document => document.Damage is not null))
            {
                damages.Add(record.Id, damage!, StoredDocument.KindOf(damage!));
            }
        }
    }

    private async Task NameAsync(string sql, long @namespace, string what, CancellationToken cancellationToken)
    {
        foreach (var id in await connection.ListAsync(sql, row => row.GetStoreText(0), cancellationToken, Sql.Of(@namespace))
            .ConfigureAwait(false))
        {
            damages.Add(id, what, DamageKind.Document);
        }
    }
}
