using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Puts right what the database itself still knows, inside the caller's transaction.</summary>
internal sealed class RecordMender(NpgsqlConnection connection, string @namespace, string address)
{
    // The one that namespace and state both name, else the one that has most documents as they are now.
    private const string Answering = $"""
        select coalesce((select id from (
          select g.id, g.{RowStates.Active} as active, n.generation is not distinct from g.id as named,
                 (select count(*) from layout l join document d on d.key = l.document and d.{RowStates.Live}
                  where l.generation = g.id and l.sequence = d.sequence) as staged
          from generation g join namespace n on n.id = g.namespace where n.id = $1) found
        where (active and named) or staged > 0
        order by (active and named) desc, staged desc, active desc, named desc, id desc limit 1), 0)
        """;

    private const string Wrong = $"""
        select count(*) from generation g join namespace n on n.id = g.namespace
        where n.id = $1 and (n.generation is distinct from $2 or (g.{RowStates.Active}) <> (g.id = $2))
        """;

    // Of those that do not answer one that is being built has lists of chunks, a retired one has none.
    private const string SetStates = $"""
        update generation set state = case
          when id = $2 then {RowStates.ActiveNumber} when exists (select 1 from layout l where l.generation = generation.id) then {RowStates.BuildingNumber} else {RowStates.RetiredNumber} end
        where namespace = $1 and ({RowStates.Active} or id = $2)
        """;

    public async Task<RecordMending> RunAsync(CancellationToken cancellationToken)
    {
        var schema = new SchemaCheck(connection);
        var mended = 0L;
        foreach (var step in MendingSteps.OfStore)
        {
            mended += await (step switch
            {
                MendingStep.Schema => schema.MendAsync(cancellationToken),
                MendingStep.Values => new ValueMender(connection).MendAsync(cancellationToken),
                MendingStep.Catalog => new CatalogCheck(connection).MendAsync(cancellationToken),
                _ => new ExternalMender(connection).MendAsync(cancellationToken),
            }).ConfigureAwait(false);
        }

        var id = await connection.ScalarAsync<long>(
            "select coalesce(max(id), 0) from namespace where name = $1", cancellationToken, Sql.Of(StoreText.Encode(@namespace)))
            .ConfigureAwait(false);
        var lost = new DamageList();
        foreach (var step in id == 0 ? [] : MendingSteps.OfNamespace)
        {
            mended += await MendAsync(step, id, lost, cancellationToken).ConfigureAwait(false);
        }

        await schema.AdvanceCountersAsync(cancellationToken).ConfigureAwait(false);
        return new RecordMending(mended, lost.Check.Damages);
    }

    private Task<long> MendAsync(MendingStep step, long id, DamageList lost, CancellationToken cancellationToken) => step switch
    {
        MendingStep.Queue => new QueueMender(connection).MendAsync(cancellationToken),
        MendingStep.Numbers => new NumberMender(connection).RunAsync(cancellationToken),
        MendingStep.Texts => new TextMender(connection).RunAsync(id, cancellationToken),
        MendingStep.Generation => MendGenerationAsync(id, cancellationToken),
        MendingStep.Places => new PlaceMender(connection, id).MendAsync(cancellationToken),
        MendingStep.IndexOwner => ExternalIndexTable.MendOwnerAsync(connection, address, id, cancellationToken),
        MendingStep.Owners => new OwnerMender(connection, id).RunAsync(cancellationToken),
        MendingStep.Partitions => new PartitionMender(connection, id).RunAsync(cancellationToken),
        MendingStep.Facets => new FacetCheck(connection, id).MendAsync(cancellationToken),
        MendingStep.Outbox => new OutboxMender(connection).MendAsync(cancellationToken),
        MendingStep.Counts => new CountCheck(connection, id).MendAsync(lost, cancellationToken),
        MendingStep.FormerStates => new HistoryMender(connection, id).MendAsync(lost, cancellationToken),
        MendingStep.Past => new PastCheck(connection, id).MendAsync(lost, cancellationToken),
        _ => Task.FromResult(0L), // ids are in no index but their own
    };

    private async Task<long> MendGenerationAsync(long id, CancellationToken cancellationToken)
    {
        var answering = await connection.ScalarAsync<long>(Answering, cancellationToken, Sql.Of(id)).ConfigureAwait(false);
        if (answering == 0
            || await connection.ScalarAsync<long>(Wrong, cancellationToken, Sql.Of(id), Sql.Of(answering)).ConfigureAwait(false) == 0)
        {
            return 0;
        }

        await connection.ExecuteAsync(
            "update namespace set generation = $2 where id = $1", cancellationToken, Sql.Of(id), Sql.Of(answering)).ConfigureAwait(false);
        await connection.ExecuteAsync(
            SetStates,
            cancellationToken,
            Sql.Of(id),
            Sql.Of(answering)).ConfigureAwait(false);
        return 1;
    }
}
